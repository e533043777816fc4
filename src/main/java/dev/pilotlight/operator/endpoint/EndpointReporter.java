package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AwsFacts;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.endpoint.Decision;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.operator.kube.Conditions;
import dev.pilotlight.operator.kube.StatusWrite;
import dev.pilotlight.operator.kube.StatusWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cluster what a pass concluded: the status, if a user can see a difference, and the events. */
final class EndpointReporter {
    private static final Logger log = LoggerFactory.getLogger(EndpointReporter.class);

    private final StatusWriter writer;
    private final CallEvents events;
    private final ValidationRunner validations;
    private final Consumer<String> identityUse;

    /**
     * @param identityUse told of the identity whenever another generation was taken up
     */
    EndpointReporter(
            StatusWriter writer, CallEvents events, ValidationRunner validations, Consumer<String> identityUse) {
        this.writer = writer;
        this.events = events;
        this.validations = validations;
        this.identityUse = identityUse;
    }

    StatusWrite report(
            ServerlessEndpoint object,
            ServerlessEndpointStatus remembered,
            Decision decision,
            Memory memory,
            Instant now) {
        List<Condition> conditions = Conditions.of(
                remembered.conditions(), decision.verdicts(), decision.facts().observedGeneration(), now);
        ServerlessEndpointStatus status = withConditions(quiet(decision.facts(), remembered), conditions);
        StatusWrite outcome = writer.write(object, status);
        switch (outcome) {
            case StatusWrite.Written written -> {
                memory.wrote(Long.parseLong(written.resourceVersion()), now);
                if (!Objects.equals(status.observedGeneration(), remembered.observedGeneration())) {
                    identityUse.accept(object.getSpec().identityRef().name());
                }
                log.info(
                        "status object={}/{} generation={} {}",
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName(),
                        status.observedGeneration(),
                        summary(conditions));
                decision.announcements().forEach(announcement -> events.announce(object, announcement));
            }
            case StatusWrite.Unchanged unchanged ->
                decision.announcements().forEach(announcement -> events.announce(object, announcement));
            case StatusWrite.Conflict conflict ->
                log.debug(
                        "status of {}/{} was decided on an old version and is dropped",
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName());
            case StatusWrite.Gone gone -> {}
        }
        return outcome;
    }

    void announce(ServerlessEndpoint object, Announcement announcement) {
        events.announce(object, announcement);
    }

    void gone(ServerlessEndpoint object) {
        validations.forget(object.getMetadata().getUid());
    }

    /** AWS's own times move for reasons no user sees; alone they are not worth a write, unless the endpoint was replaced. */
    private static ServerlessEndpointStatus quiet(ServerlessEndpointStatus facts, ServerlessEndpointStatus remembered) {
        AwsFacts before = remembered.aws();
        AwsFacts after = facts.aws();
        if (before == null || after == null || !Objects.equals(before.creationTime(), after.creationTime())) {
            return facts;
        }
        ServerlessEndpointStatus withOldTimes =
                new ServerlessEndpointStatusBuilder(facts).aws(before).build();
        return withConditions(withOldTimes, remembered.conditions()).equals(remembered) ? withOldTimes : facts;
    }

    private static ServerlessEndpointStatus withConditions(
            ServerlessEndpointStatus status, List<Condition> conditions) {
        return new ServerlessEndpointStatusBuilder(status)
                .conditions(conditions)
                .build();
    }

    private static String summary(List<Condition> conditions) {
        StringBuilder text = new StringBuilder();
        for (Condition condition : conditions) {
            text.append(condition.type())
                    .append('=')
                    .append(condition.status())
                    .append('/')
                    .append(condition.reason())
                    .append(' ');
        }
        return text.toString().trim();
    }
}
