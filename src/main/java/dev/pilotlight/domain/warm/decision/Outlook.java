package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import java.util.Optional;

/**
 * What is known of the traffic to come.
 *
 * @param forecast the one to show, and to act on where the spec says so; empty before the first one of this endpoint
 * @param trouble why there is no newer one, for people; empty when nothing is wrong
 */
public record Outlook(Optional<WarmForecastStatus> forecast, Optional<String> trouble) {
    /** Nothing is known yet. */
    public static final Outlook NONE = new Outlook(Optional.empty(), Optional.empty());
}
