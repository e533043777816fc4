package dev.pilotlight.operator.warm.forecast;

import dev.pilotlight.api.v1alpha1.BudgetAction;
import dev.pilotlight.api.v1alpha1.ForecastSpec;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmBudget;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.cost.PriceItem;
import dev.pilotlight.domain.warm.forecast.ForecastSettings;
import dev.pilotlight.domain.warm.forecast.MeasuredTraffic;
import dev.pilotlight.domain.warm.forecast.SlotPrices;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A forecast that a policy asks for.
 *
 * @param name of the policy
 * @param uid of the policy
 * @param session of the endpoint's identity and namespace; empty while the identity does not let it
 * @param region of the endpoint
 * @param estimate a price in the settings was not read from AWS's price list
 */
public record ForecastQuestion(
        String namespace,
        String name,
        String uid,
        Supplier<Optional<SessionRequest>> session,
        String region,
        MeasuredTraffic traffic,
        ForecastSettings settings,
        boolean estimate) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /**
     * @param endpoint whose status names what is in AWS
     * @param memorySizeInMB of what runs
     */
    public static ForecastQuestion of(
            WarmPolicy policy,
            ServerlessEndpoint endpoint,
            Supplier<Optional<SessionRequest>> session,
            PriceBook prices,
            int memorySizeInMB) {
        WarmPolicySpec spec = policy.getSpec();
        ForecastSpec forecast = spec.provisionedConcurrency().forecast().orDefaults();
        int most = endpoint.getSpec().serverless().maxConcurrency();
        ForecastSettings settings =
                ForecastSettings.of(zone(spec), forecast.lookbackDays(), forecast.maxSpilloverPercent(), most);
        List<Optional<Price>> three = Stream.of(
                        PriceItem.PROVISIONED_USAGE, PriceItem.PROVISIONED_DURATION, PriceItem.ON_DEMAND_DURATION)
                .map(item -> prices.price(item, endpoint.getSpec().region(), memorySizeInMB))
                .toList();
        boolean known = three.stream().allMatch(Optional::isPresent);
        if (known) {
            settings = settings.withPrices(new SlotPrices(usd(three.get(0)), usd(three.get(1)), usd(three.get(2))));
        }
        WarmBudget budget = spec.budget();
        if (budget != null && budget.onExceededOrDefault() == BudgetAction.CLAMP) {
            settings = settings.withMonthlyBudgetUSD(budget.monthlyUSD());
        }
        return new ForecastQuestion(
                policy.getMetadata().getNamespace(),
                policy.getMetadata().getName(),
                policy.getMetadata().getUid(),
                session,
                endpoint.getSpec().region(),
                new MeasuredTraffic(
                        endpoint.getStatus().endpointName(),
                        endpoint.getStatus().variantName(),
                        most),
                settings,
                three.stream()
                        .flatMap(Optional::stream)
                        .anyMatch(price -> price.confidence().isEstimate()));
    }

    private static double usd(Optional<Price> price) {
        return price.orElseThrow().usd().doubleValue();
    }

    /** The days and hours of whoever wrote the windows. A zone that does not exist is the schedule's affair. */
    private static ZoneId zone(WarmPolicySpec spec) {
        return spec.provisionedConcurrency().windows().stream()
                .map(window -> window.timeZone())
                .filter(ZoneRulesProvider.getAvailableZoneIds()::contains)
                .findFirst()
                .map(ZoneId::of)
                .orElse(UTC);
    }

    /** Another session reads the same figures. */
    boolean asksTheSameAs(ForecastQuestion other) {
        return traffic.equals(other.traffic) && settings.equals(other.settings) && estimate == other.estimate;
    }

    boolean hasTheEndpointOf(ForecastQuestion other) {
        return traffic.endpointName().equals(other.traffic.endpointName())
                && traffic.variantName().equals(other.traffic.variantName())
                && region.equals(other.region);
    }
}
