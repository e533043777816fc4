package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.BudgetAction;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.WarmBudget;
import dev.pilotlight.api.v1alpha1.WarmExecutor;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceItem;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.warm.budget.Budget;
import dev.pilotlight.domain.warm.budget.Cost;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.budget.Wishes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Holds what is wished for against {@code spec.budget}, and says what comes of it. */
final class Spending {
    /** What is left of the budget is looked at again after this long. */
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private Spending() {}

    /**
     * What the budget leaves.
     *
     * @param capacity all that may be wished for at most
     * @param spent the month has cost the budget, and nothing more is bought until it is over
     */
    record Limit(int capacity, boolean spent) {
        private static final Limit NONE = new Limit(Integer.MAX_VALUE, false);
    }

    /** Says in the draft what the budget cuts, and whether pings may go on. */
    static Limit limit(WarmDraft draft, Wishes wishes, Ledger ledger, Target target) {
        WarmBudget budget = draft.situation.spec().budget();
        if (budget == null) {
            return Limit.NONE;
        }
        draft.lookAgain(draft.now.plus(PERIOD));
        Optional<Price> price =
                draft.situation.prices().price(PriceItem.PROVISIONED_USAGE, target.region(), target.memorySizeInMB());
        Optional<BigDecimal> used =
                Cost.of(ledger, draft.situation.prices(), target.region()).usd();
        if (used.isEmpty() || (price.isEmpty() && wishes.all() > 0)) {
            draft.verdict(
                    ConditionTypes.BUDGET_EXCEEDED,
                    Status.UNKNOWN,
                    Reasons.PRICE_UNKNOWN,
                    "the price of provisioned concurrency or of pings with " + target.memorySizeInMB() + " MB in "
                            + target.region() + " is not known, so that spec.budget cannot be kept");
            return Limit.NONE;
        }
        BigDecimal left = BigDecimal.valueOf(budget.monthlyUSD()).subtract(used.get());
        Budget.Left leaves = price.isEmpty()
                ? new Budget.Left(0, false, left.signum() <= 0)
                : Budget.cut(
                        wishes, budget.monthlyUSD(), used.get(), price.get(), ledger.secondsLeft(), target.running());
        boolean pings = leaves.spent() && draft.situation.spec().keepWarm() != null;
        boolean clamps = budget.onExceededOrDefault() == BudgetAction.CLAMP;
        if (!leaves.exceeded() && !pings) {
            return leaves.spent() && clamps ? new Limit(0, true) : Limit.NONE;
        }
        price.flatMap(known -> spentAt(left, known, target.running(), draft.now))
                .ifPresent(draft::lookAgain);
        draft.lookAgain(ledger.monthEnd());
        boolean estimate = Cost.of(ledger, draft.situation.prices(), target.region())
                        .estimate()
                || price.filter(known -> known.confidence().isEstimate()).isPresent();
        String why = (leaves.spent()
                        ? "this month has cost spec.budget.monthlyUSD already"
                        : "this month would cost more than spec.budget.monthlyUSD")
                + " (" + budget.monthlyUSD() + ")" + (estimate ? " (by an estimated price)" : "");
        boolean cut = leaves.capacity() < wishes.all();
        if (clamps && (cut || pings)) {
            draft.budget(
                    Reasons.BUDGET_CLAMPED,
                    why + ": " + (cut ? wishes.all() + " wanted, " + leaves.capacity() + " left" : "")
                            + (cut && leaves.capacity() == 0 ? kept(draft) : "")
                            + (cut && pings ? ", and " : "")
                            + (pings ? "no pings before " + ledger.monthEnd() : "")
                            + "; raise the budget or ask for less");
            if (pings) {
                draft.holdPings();
            }
            return new Limit(leaves.capacity(), leaves.spent());
        }
        draft.budget(
                Reasons.BUDGET_ALERT,
                why + "; nothing is cut, "
                        + (clamps
                                ? "because what runs in an open window is cut only when the budget is spent"
                                : "because spec.budget.onExceeded is Alert"));
        return Limit.NONE;
    }

    /** What goes on although nothing is left. */
    private static String kept(WarmDraft draft) {
        return draft.situation.spec().executorOrDefault() == WarmExecutor.APPLICATION_AUTO_SCALING
                ? ", but Application Auto Scaling keeps 1 at least, which goes on costing: use executor Operator or suspend the policy to stop it"
                : "";
    }

    /** When what runs now will have cost the budget. */
    private static Optional<Instant> spentAt(BigDecimal left, Price price, int running, Instant now) {
        double perSecond = price.usd().doubleValue() * running;
        if (perSecond <= 0 || left.signum() <= 0) {
            return Optional.empty();
        }
        double seconds = Math.ceil(left.doubleValue() / perSecond);
        return seconds > Duration.ofDays(31).toSeconds()
                ? Optional.empty()
                : Optional.of(now.plusSeconds((long) seconds).truncatedTo(ChronoUnit.SECONDS));
    }
}
