package dev.pilotlight.operator.identity;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.identity.IdentityDecider;
import dev.pilotlight.domain.identity.IdentityDecider.Conclusion;
import dev.pilotlight.domain.identity.IdentityDecider.Trial;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.kube.Conditions;
import dev.pilotlight.operator.kube.Finalizers;
import dev.pilotlight.operator.kube.Presence;
import dev.pilotlight.operator.kube.StatusWrite;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.leader.NotLeading;
import dev.pilotlight.operator.time.LookEventSource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller of AWSIdentity: tries the credentials, reports what AWS says, and stays while an endpoint refers to it. */
@ControllerConfiguration(
        name = AWSIdentityReconciler.NAME,
        finalizerName = Pilotlight.FINALIZER,
        fieldManager = Pilotlight.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 1, timeUnit = TimeUnit.HOURS))
public final class AWSIdentityReconciler implements Reconciler<AWSIdentity>, Cleaner<AWSIdentity> {

    /** Controller name, in metrics and logs. */
    public static final String NAME = "awsidentity";

    private static final Logger log = LoggerFactory.getLogger(AWSIdentityReconciler.class);

    /** Accepted credentials are tried again after this long, so that a revoked role shows although nothing uses it. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(15);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration IN_USE = Duration.ofSeconds(5);
    private static final AWSIdentityStatus NEVER_REPORTED = new AWSIdentityStatus(null, null, null, null, null, null);

    private final IdentityDecider decider;
    private final AwsSessions sessions;
    private final InventoryAccess access;
    private final Function<String, List<ServerlessEndpoint>> usersOf;
    private final IdentityUsage usage;
    private final Function<String, List<ServerlessEndpoint>> usersPastTheWatch;
    private final StatusWriter writer;
    private final Finalizers finalizers;
    private final LookEventSource<AWSIdentity> looks;
    private final Passes passes;
    private final Clock clock;
    private final Map<String, Instant> failingSince = new ConcurrentHashMap<>();
    private final Map<String, AWSIdentitySpec> tried = new ConcurrentHashMap<>();

    /**
     * @param usersOf the endpoints that refer to an identity by name, as the watch knows them
     * @param usersPastTheWatch the same as the API server knows them; asked before an identity is let go
     * @param usage what they ask for
     */
    public AWSIdentityReconciler(
            IdentityDecider decider,
            AwsSessions sessions,
            InventoryAccess access,
            Function<String, List<ServerlessEndpoint>> usersOf,
            IdentityUsage usage,
            Function<String, List<ServerlessEndpoint>> usersPastTheWatch,
            StatusWriter writer,
            Finalizers finalizers,
            LookEventSource<AWSIdentity> looks,
            Passes passes,
            Clock clock) {
        this.decider = decider;
        this.sessions = sessions;
        this.access = access;
        this.usersOf = usersOf;
        this.usage = usage;
        this.usersPastTheWatch = usersPastTheWatch;
        this.writer = writer;
        this.finalizers = finalizers;
        this.looks = looks;
        this.passes = passes;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, AWSIdentity>> prepareEventSources(EventSourceContext<AWSIdentity> context) {
        return List.of(looks);
    }

    @Override
    public UpdateControl<AWSIdentity> reconcile(AWSIdentity object, Context<AWSIdentity> context) {
        ResourceID id = ResourceID.fromResource(object);
        try (Passes.Pass pass = passes.begin(NAME, object)) {
            // After begin, so that at every moment the look counts as delivered or the pass as running.
            looks.begun(id);
            if (Presence.isGone(object, context)) {
                passes.forget(object.getMetadata().getUid());
            } else {
                pass(object, id);
            }
            pass.succeeded();
        } catch (NotLeading e) {
            log.info("not leading any more object={}", id);
        } catch (RuntimeException e) {
            log.error("pass failed object={}", id, e);
            looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
        }
        if (context.getPrimaryCache().get(id).isEmpty()) {
            // It went while the pass was under way, which may have remembered it again.
            gone(object);
        }
        return UpdateControl.noUpdate();
    }

    /** The identity is gone, whoever took its finalizer off: nobody reads AWS with it any more. */
    public void gone(AWSIdentity object) {
        String name = object.getMetadata().getName();
        access.withdraw(name);
        sessions.forget(name);
        failingSince.remove(name);
        tried.remove(name);
        passes.forget(object.getMetadata().getUid());
    }

    private void pass(AWSIdentity object, ResourceID id) {
        String name = object.getMetadata().getName();
        AWSIdentityStatus remembered = object.getStatus() == null ? NEVER_REPORTED : object.getStatus();
        Instant now = clock.instant();

        List<String> namespaces = namespaces(object);
        Trial trial = trial(object);
        if (trial instanceof Trial.Accepted) {
            failingSince.remove(name);
        }
        Instant since = trial instanceof Trial.Refused ? failingSince.computeIfAbsent(name, key -> now) : now;

        Conclusion conclusion = decider.decide(
                object.getSpec(),
                object.getMetadata().getGeneration(),
                name,
                trial,
                namespaces,
                remembered,
                since,
                now);

        if (trial instanceof Trial.Accepted accepted && isReady(conclusion)) {
            access.accept(name, object.getSpec(), accepted.accountID());
        } else if (!isReady(conclusion)) {
            access.withdraw(name);
        }
        AWSIdentityStatus facts = conclusion.facts();
        if (facts.accountID() != null) {
            facts = facts.withUsage(usage.of(name, facts.accountID(), remembered.usage()));
        }
        StatusWrite write = report(object, remembered, facts, conclusion.verdicts(), now);
        boolean settled = trial instanceof Trial.Accepted && !(write instanceof StatusWrite.Conflict);
        looks.lookAt(id, now.plus(settled ? TRY_AGAIN : AFTER_FAILURE));
        conclusion.nextLook().ifPresent(at -> looks.lookAt(id, at));
    }

    /** Asks AWS who we are with these credentials; the session is the inventory's, which may only read. */
    private Trial trial(AWSIdentity object) {
        String name = object.getMetadata().getName();
        AWSIdentitySpec before = tried.put(name, object.getSpec());
        if (before != null && !before.equals(object.getSpec())) {
            sessions.forget(name);
        }
        if (!decider.permitted(object.getSpec())) {
            return new Trial.Accepted("");
        }
        List<String> regions = object.getSpec().allowedRegions();
        String region = regions.isEmpty() ? "us-east-1" : regions.getFirst();
        try {
            return new Trial.Accepted(sessions.open(access.request(name, object.getSpec(), region))
                    .location()
                    .accountID());
        } catch (AwsException e) {
            log.info("identity refused object={} failure={}", name, e.getMessage());
            return new Trial.Refused(e.failure());
        }
    }

    private List<String> namespaces(AWSIdentity object) {
        List<String> namespaces = new ArrayList<>();
        if (object.getSpec().allowedNamespaces() != null) {
            namespaces.addAll(object.getSpec().allowedNamespaces().names());
        }
        usersOf.apply(object.getMetadata().getName())
                .forEach(endpoint -> namespaces.add(endpoint.getMetadata().getNamespace()));
        return namespaces;
    }

    private static boolean isReady(Conclusion conclusion) {
        return conclusion.verdicts().stream()
                .anyMatch(v -> v.type().equals(ConditionTypes.READY) && v.status() == Status.TRUE);
    }

    @Override
    public DeleteControl cleanup(AWSIdentity object, Context<AWSIdentity> context) {
        ResourceID id = ResourceID.fromResource(object);
        try (Passes.Pass pass = passes.begin(NAME, object)) {
            looks.begun(id);
            if (Presence.isGone(object, context)) {
                // By its name a namesake may read AWS already.
                passes.forget(object.getMetadata().getUid());
            } else if (!isUsed(object, id)) {
                letGo(object, id);
            }
            pass.succeeded();
        } catch (NotLeading e) {
            log.info("not leading any more object={}", id);
        } catch (RuntimeException e) {
            log.error("clean-up failed object={}", id, e);
            looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
        }
        // JOSDK's own removal could meet a namesake.
        return DeleteControl.noFinalizerRemoval();
    }

    private void letGo(AWSIdentity object, ResourceID id) {
        gone(object);
        if (!finalizers.remove(object)) {
            looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
        }
    }

    /** Whether endpoints still refer to the identity; then its status names them, and it is looked at again soon. */
    private boolean isUsed(AWSIdentity object, ResourceID id) {
        List<String> users = stillUsing(object.getMetadata().getName()).stream()
                .map(user -> user.getMetadata().getNamespace() + "/"
                        + user.getMetadata().getName())
                .sorted()
                .toList();
        if (!users.isEmpty()) {
            inUse(object, users);
            looks.lookAt(id, clock.instant().plus(IN_USE));
        }
        return !users.isEmpty();
    }

    private List<ServerlessEndpoint> stillUsing(String name) {
        List<ServerlessEndpoint> known = usersOf.apply(name);
        return known.isEmpty() ? usersPastTheWatch.apply(name) : known;
    }

    private void inUse(AWSIdentity object, List<String> users) {
        AWSIdentityStatus remembered = object.getStatus() == null ? NEVER_REPORTED : object.getStatus();
        String message = users.size() + " ServerlessEndpoint" + (users.size() == 1 ? "" : "s")
                + " still need it to clean up: " + String.join(", ", users.subList(0, Math.min(users.size(), 5)))
                + (users.size() > 5 ? ", ..." : "");
        List<Verdict> verdicts = new ArrayList<>();
        for (Condition condition : remembered.conditions()) {
            if (!condition.type().equals(ConditionTypes.TERMINATING)) {
                verdicts.add(new Verdict(
                        condition.type(), Status.ofWord(condition.status()), condition.reason(), condition.message()));
            }
        }
        verdicts.add(new Verdict(ConditionTypes.TERMINATING, Status.TRUE, Reasons.IN_USE, message));
        report(object, remembered, remembered, verdicts, clock.instant());
    }

    private StatusWrite report(
            AWSIdentity object,
            AWSIdentityStatus remembered,
            AWSIdentityStatus facts,
            List<Verdict> verdicts,
            Instant now) {
        List<Condition> conditions = Conditions.of(
                remembered.conditions(), verdicts, object.getMetadata().getGeneration(), now);
        return writer.write(
                object,
                new AWSIdentityStatus(
                        object.getMetadata().getGeneration(),
                        conditions,
                        facts.accountID(),
                        facts.clusterID(),
                        facts.externalIDs(),
                        facts.usage()));
    }
}
