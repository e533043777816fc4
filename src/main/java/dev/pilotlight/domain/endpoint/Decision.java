package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The outcome of a decision.
 *
 * @param step what to do now
 * @param facts the status to report once the step has succeeded, without its conditions
 * @param verdicts the conditions to report with it; those of a type that is absent here disappear
 * @param nextLook when to look again though nothing happens; empty: when something happens
 */
public record Decision(
        Step step,
        ServerlessEndpointStatus facts,
        List<Verdict> verdicts,
        List<Announcement> announcements,
        Optional<Instant> nextLook) {
    public Decision {
        verdicts = List.copyOf(verdicts);
        announcements = List.copyOf(announcements);
    }

    /** The same decision with something else in the status. */
    public Decision withFacts(UnaryOperator<ServerlessEndpointStatusBuilder> change) {
        return new Decision(
                step,
                change.apply(new ServerlessEndpointStatusBuilder(facts)).build(),
                verdicts,
                announcements,
                nextLook);
    }

    /** The same decision, with something to do where it has nothing. */
    Decision otherwise(Optional<Step> other) {
        return step instanceof Step.None
                ? new Decision(other.orElse(step), facts, verdicts, announcements, nextLook)
                : this;
    }

    /** The same decision without the condition of one type. */
    Decision withoutVerdict(String type) {
        return new Decision(
                step,
                facts,
                verdicts.stream()
                        .filter(verdict -> !verdict.type().equals(type))
                        .toList(),
                announcements,
                nextLook);
    }
}
