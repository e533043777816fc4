package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AdoptionPolicy;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.plan.AwsPicture;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.Neighbourhood;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.Planner;
import dev.pilotlight.domain.plan.PolicyPlanner;
import dev.pilotlight.domain.plan.Subject;
import dev.pilotlight.domain.preflight.Surroundings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan from files alone: held against older files that are taken to serve, or against nothing. */
final class PlanOffline {
    private static final ServerlessEndpointStatus NEVER_REPORTED = new ServerlessEndpointStatusBuilder().build();

    /** Where an object is that only the older files have. */
    static final String NO_LONGER = "no longer in the files";

    private final Planner planner;
    private final PolicyPlanner policies;
    private final Instant time;
    private final PlanManifests now;
    private final Optional<PlanManifests> before;
    private final Map<Location, AwsPicture> pictures = new HashMap<>();
    private final Map<String, ServerlessEndpoint> old = new LinkedHashMap<>();
    private final Map<String, ServerlessEndpointStatus> statuses = new HashMap<>();

    PlanOffline(PriceBook prices, Instant time, PlanManifests now, Optional<PlanManifests> before) {
        this.planner = new Planner("offline", prices, time);
        this.policies = new PolicyPlanner(prices, time);
        this.time = time;
        this.now = now;
        this.before = before;
    }

    /**
     * @param prune objects that only the older files have are deleted
     */
    Plan plan(boolean prune, String comparedWith) {
        before.map(PlanManifests::endpoints).orElse(List.of()).forEach(this::assumeServing);
        List<ServerlessEndpoint> gone =
                old.values().stream().filter(object -> !now.mention(object)).toList();
        Neighbourhood neighbourhood = neighbourhood(prune ? List.of() : gone);
        List<EndpointPlan> plans = new ArrayList<>();
        if (prune) {
            gone.forEach(object -> plans.add(planner.delete(
                    subject(object, Optional.of(object), before.orElseThrow(), NO_LONGER, Surroundings.EMPTY),
                    picture(grants(object, before.orElseThrow()), object))));
        }
        for (ServerlessEndpoint object : now.endpoints()) {
            plans.add(apply(object, neighbourhood));
        }
        List<Plan.Problem> problems = new ArrayList<>(now.problems());
        before.ifPresent(files -> problems.addAll(files.problems()));
        PlanPolicies warm = new PlanPolicies(policies, now, PlanPolicies.of(before), prune, time);
        List<String> notes = new ArrayList<>(prune ? List.of() : leftAlone(gone));
        notes.addAll(warm.notes());
        return new Plan(comparedWith, plans, warm.plans(), problems, notes);
    }

    private void assumeServing(ServerlessEndpoint object) {
        now.checkChangesOf(object);
        asLive(object);
        PlanGrants grants = grants(object, before.orElseThrow());
        old.put(id(object), object);
        statuses.put(
                id(object),
                planner.assumeServing(
                        object, identity(before.orElseThrow(), object), grants.accountID(), picture(grants, object)));
    }

    /**
     * @param staying what only the older files have, and is not deleted
     */
    private Neighbourhood neighbourhood(List<ServerlessEndpoint> staying) {
        List<Neighbourhood.Neighbour> all = new ArrayList<>();
        for (ServerlessEndpoint object : now.endpoints()) {
            PlanGrants grants = grants(object, now);
            all.add(Neighbourhood.Neighbour.of(
                    object,
                    Optional.ofNullable(old.get(id(object))),
                    location(grants, object),
                    grants.refusals().isEmpty()));
        }
        for (ServerlessEndpoint object : staying) {
            Location location = location(grants(object, before.orElseThrow()), object);
            all.add(Neighbourhood.Neighbour.of(object, Optional.of(object), location, true));
        }
        return new Neighbourhood(all);
    }

    static List<String> leftAlone(List<? extends HasMetadata> gone) {
        return gone.stream()
                .map(object -> object.getKind() + " " + id(object)
                        + " is no longer in the files; what deleting it would do is shown with --prune")
                .toList();
    }

    private EndpointPlan apply(ServerlessEndpoint object, Neighbourhood neighbourhood) {
        Optional<ServerlessEndpoint> was = Optional.ofNullable(old.get(id(object)));
        asLive(object);
        boolean changed =
                was.filter(other -> !other.getSpec().equals(object.getSpec())).isPresent();
        object.getMetadata().setGeneration(changed ? 2L : 1L);
        PlanGrants grants = grants(object, now);
        Surroundings around = neighbourhood.around(
                object,
                location(grants, object),
                identity(now, object).map(found -> found.getSpec().limits()));
        Subject subject = subject(object, was, now, now.placeOf(object).toString(), around);
        return planner.apply(subject, picture(grants, object));
    }

    private Subject subject(
            ServerlessEndpoint object,
            Optional<ServerlessEndpoint> was,
            PlanManifests files,
            String origin,
            Surroundings around) {
        PlanGrants grants = grants(object, files);
        List<String> notes = new ArrayList<>(grants.notes());
        if (was.isEmpty() && object.getSpec().adoptionPolicyOrDefault() == AdoptionPolicy.ADOPT) {
            notes.add("spec.adoptionPolicy is Adopt: an endpoint of this name that exists already would be taken over"
                    + " instead, which only --live can tell");
        }
        return new Subject(
                object,
                was,
                statuses.getOrDefault(id(object), NEVER_REPORTED),
                origin,
                identity(files, object),
                grants.standing(),
                grants.refusals(),
                around,
                Optional.empty(),
                notes);
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
        return pictures.computeIfAbsent(location(grants, object), AwsPicture::new);
    }

    private static Location location(PlanGrants grants, ServerlessEndpoint object) {
        return new Location(grants.accountID(), object.getSpec().region());
    }

    /** What the API server would have added. */
    private static void asLive(ServerlessEndpoint object) {
        object.getMetadata().setUid("uid-of-" + id(object));
        object.getMetadata().setGeneration(1L);
    }

    static String id(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }
}
