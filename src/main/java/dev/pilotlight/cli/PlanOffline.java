package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.plan.AwsPicture;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.Planner;
import dev.pilotlight.domain.plan.PolicyPlan;
import dev.pilotlight.domain.plan.PolicyPlanner;
import dev.pilotlight.domain.plan.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan from files alone: held against older files that are taken to serve, or against nothing. */
final class PlanOffline {
    private static final ServerlessEndpointStatus NEVER_REPORTED = new ServerlessEndpointStatusBuilder().build();

    private final Planner planner;
    private final PolicyPlanner policies;
    private final PlanManifests now;
    private final Optional<PlanManifests> before;
    private final Map<Location, AwsPicture> pictures = new HashMap<>();
    private final Map<String, ServerlessEndpointStatus> statuses = new HashMap<>();

    PlanOffline(Planner planner, PolicyPlanner policies, PlanManifests now, Optional<PlanManifests> before) {
        this.planner = planner;
        this.policies = policies;
        this.now = now;
        this.before = before;
    }

    /**
     * @param prune objects that only the older files have are deleted
     */
    Plan plan(boolean prune, String comparedWith) {
        List<ServerlessEndpoint> old = before.map(PlanManifests::endpoints).orElse(List.of());
        for (ServerlessEndpoint object : old) {
            now.checkChangesOf(object);
            asLive(object);
            PlanGrants grants = grants(object, before.orElseThrow());
            statuses.put(
                    id(object),
                    planner.assumeServing(
                            object,
                            identity(before.orElseThrow(), object),
                            grants.accountID(),
                            picture(grants, object)));
        }
        List<ServerlessEndpoint> gone =
                old.stream().filter(object -> !now.mention(object)).toList();
        List<EndpointPlan> plans = new ArrayList<>();
        if (prune) {
            gone.forEach(object -> plans.add(planner.delete(
                    subject(object, Optional.of(object), before.orElseThrow(), "no longer in the files"),
                    picture(grants(object, before.orElseThrow()), object))));
        }
        for (ServerlessEndpoint object : now.endpoints()) {
            plans.add(apply(object, old));
        }
        List<Plan.Problem> problems = new ArrayList<>(now.problems());
        before.ifPresent(files -> problems.addAll(files.problems()));
        List<PolicyPlan> policyPlans = new PlanPolicies(policies, now, PlanPolicies.of(before)).plan();
        return new Plan(comparedWith, plans, policyPlans, problems, prune ? List.of() : leftAlone(gone));
    }

    static List<String> leftAlone(List<ServerlessEndpoint> gone) {
        return gone.stream()
                .map(object -> "ServerlessEndpoint " + id(object)
                        + " is no longer in the files; what deleting it would do is shown with --prune")
                .toList();
    }

    private EndpointPlan apply(ServerlessEndpoint object, List<ServerlessEndpoint> old) {
        Optional<ServerlessEndpoint> was =
                old.stream().filter(other -> id(other).equals(id(object))).findFirst();
        asLive(object);
        boolean changed =
                was.filter(other -> !other.getSpec().equals(object.getSpec())).isPresent();
        object.getMetadata().setGeneration(changed ? 2L : 1L);
        Subject subject = subject(object, was, now, now.placeOf(object).toString());
        return planner.apply(subject, picture(grants(object, now), object));
    }

    private Subject subject(
            ServerlessEndpoint object, Optional<ServerlessEndpoint> was, PlanManifests files, String origin) {
        PlanGrants grants = grants(object, files);
        return new Subject(
                object,
                was,
                statuses.getOrDefault(id(object), NEVER_REPORTED),
                origin,
                identity(files, object),
                grants.standing(),
                grants.refusals(),
                Optional.empty(),
                grants.notes());
    }

    private PlanGrants grants(ServerlessEndpoint object, PlanManifests files) {
        return PlanGrants.of(object, identity(files, object), labels(object));
    }

    /** An identity that only one side's files have is in the cluster all the time. */
    private Optional<AWSIdentity> identity(PlanManifests files, ServerlessEndpoint object) {
        String name = object.getSpec().identityRef().name();
        return files.identity(name)
                .or(() -> before.flatMap(older -> older.identity(name)))
                .or(() -> now.identity(name));
    }

    private Optional<Map<String, String>> labels(ServerlessEndpoint object) {
        String namespace = object.getMetadata().getNamespace();
        return now.namespaceLabels(namespace).or(() -> before.flatMap(older -> older.namespaceLabels(namespace)));
    }

    private AwsPicture picture(PlanGrants grants, ServerlessEndpoint object) {
        Location location = new Location(grants.accountID(), object.getSpec().region());
        return pictures.computeIfAbsent(location, AwsPicture::new);
    }

    /** What the API server would have added. */
    private static void asLive(ServerlessEndpoint object) {
        object.getMetadata().setUid("uid-of-" + id(object));
        object.getMetadata().setGeneration(1L);
    }

    static String id(ServerlessEndpoint object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }
}
