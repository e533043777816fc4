package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.Optional;

/** Whether some proven revision serves, as far as a pass that is not about to say Ready could see. */
record Availability(Desired desired, Observed observed, Remembered before) {

    /**
     * @param deployed the revision that was proven last
     */
    Verdict verdict(Optional<String> deployed) {
        Optional<EndpointSnapshot> live = observed.endpoint().found();
        boolean blind = observed.endpoint() instanceof Sighting.Unseen;
        boolean comingUp = live.map(endpoint -> endpoint.status() == EndpointStatus.CREATING)
                .orElse(true);
        if (deployed.isEmpty() && comingUp && !blind) {
            // The same before and while AWS creates it: the difference would cost a write and tell nothing.
            return not("endpoint " + desired.endpointName() + " has not served yet");
        }
        if (live.isPresent()) {
            return seen(live.get(), deployed);
        }
        return blind
                ? before.condition(ConditionTypes.AVAILABLE)
                        .map(Availability::again)
                        .orElseGet(this::none)
                : none();
    }

    private Verdict seen(EndpointSnapshot live, Optional<String> deployed) {
        String what = "endpoint " + live.name() + " is " + live.status().awsName()
                + deployed.map(revision -> ", revision " + revision + " was the last proven")
                        .orElse(", and no revision has been proven yet");
        boolean serves = live.status().serves() && deployed.isPresent() && before.isOurs(observed.endpoint());
        return serves ? new Verdict(ConditionTypes.AVAILABLE, Status.TRUE, Reasons.SERVING, what) : not(what);
    }

    private Verdict none() {
        return not("there is no endpoint " + desired.endpointName());
    }

    private static Verdict not(String why) {
        return new Verdict(ConditionTypes.AVAILABLE, Status.FALSE, Reasons.NOT_SERVING, why);
    }

    /** Nobody could look: what was said stands. */
    private static Verdict again(Condition said) {
        return new Verdict(said.type(), Status.ofWord(said.status()), said.reason(), said.message());
    }
}
