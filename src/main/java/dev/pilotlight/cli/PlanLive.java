package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.cost.PriceItem;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.plan.AwsPicture;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.Neighbourhood;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.Planner;
import dev.pilotlight.domain.plan.PolicyPlanner;
import dev.pilotlight.domain.plan.Subject;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.time.Scheduler;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A plan against a cluster and the AWS behind it. Both are only read. */
final class PlanLive implements PlanPolicies.Earlier {
    private static final ServerlessEndpointStatus NEVER_REPORTED = new ServerlessEndpointStatusBuilder().build();
    private static final String NOT_CREATED_YET = "not-created-yet";
    private static final String ONLY_THERE = "only in the cluster";
    private static final String NOT_COUNTED =
            "limits of AWSIdentities and quotas of accounts were held against the files and what else their namespaces"
                    + " have; what other namespaces and others in the account take was not counted";

    private final KubernetesClient client;
    private final PlanLiveAws aws;
    private final PriceBook snapshot;
    private Planner planner;
    private Neighbourhood neighbourhood;
    private final String clusterID;
    private final Instant now;
    private final Map<String, Optional<AWSIdentity>> identities = new HashMap<>();
    private final Map<String, Optional<Map<String, String>>> labels = new HashMap<>();

    /**
     * @param ownCredentials read AWS as whoever runs the program instead of assuming the identities' roles
     */
    PlanLive(
            KubernetesClient client,
            AwsSessions sessions,
            Scheduler scheduler,
            String clusterID,
            boolean ownCredentials,
            PriceBook prices) {
        this.client = client;
        this.clusterID = clusterID;
        this.aws = new PlanLiveAws(sessions, scheduler, clusterID, ownCredentials);
        this.now = scheduler.clock().instant();
        this.snapshot = prices;
    }

    Plan plan(PlanManifests files, boolean prune) {
        Map<String, ServerlessEndpoint> live = new LinkedHashMap<>();
        for (ServerlessEndpoint object : files.endpoints()) {
            get(object).ifPresent(found -> live.put(PlanOffline.id(object), found));
        }
        live.values().forEach(files::checkChangesOf);
        PriceBook prices = prices(files);
        planner = new Planner(clusterID, prices, now);
        List<ServerlessEndpoint> gone = gone(files);
        neighbourhood = neighbourhood(files, live, prune ? List.of() : gone);
        List<EndpointPlan> plans = new ArrayList<>();
        List<Plan.Problem> problems = new ArrayList<>();
        if (prune) {
            for (ServerlessEndpoint object : gone) {
                PlanManifests.Place nowhere = new PlanManifests.Place("cluster", 0);
                guarded(nowhere, object, problems).run(() -> plans.add(delete(object, files)));
            }
        }
        for (ServerlessEndpoint object : files.endpoints()) {
            Optional<ServerlessEndpoint> before = Optional.ofNullable(live.get(PlanOffline.id(object)));
            guarded(files.placeOf(object), object, problems).run(() -> plans.add(apply(object, before, files)));
        }
        problems.addAll(0, files.problems());
        PlanPolicies warm = new PlanPolicies(new PolicyPlanner(prices, now), files, this, prune, now);
        List<String> notes = new ArrayList<>(prune ? List.of() : PlanOffline.leftAlone(gone));
        notes.addAll(warm.notes());
        if (plans.stream().anyMatch(plan -> !plan.steps().isEmpty())) {
            notes.add(NOT_COUNTED);
        }
        return new Plan("the cluster at " + client.getMasterUrl() + " and AWS", plans, warm.plans(), problems, notes);
    }

    /**
     * @param staying what only the cluster has, and is not deleted
     */
    private Neighbourhood neighbourhood(
            PlanManifests files, Map<String, ServerlessEndpoint> live, List<ServerlessEndpoint> staying) {
        List<Neighbourhood.Neighbour> all = new ArrayList<>();
        for (ServerlessEndpoint object : files.endpoints()) {
            Standing standing = standing(object, files);
            all.add(Neighbourhood.Neighbour.of(
                    object,
                    Optional.ofNullable(live.get(PlanOffline.id(object))),
                    location(standing, object),
                    standing instanceof Standing.Granted));
        }
        for (ServerlessEndpoint object : staying) {
            Location location = location(standing(object, files), object);
            all.add(Neighbourhood.Neighbour.of(object, Optional.of(object), location, true));
        }
        return new Neighbourhood(all);
    }

    /** The snapshot, and AWS's price list of each Region that it does not have, as far as somebody may read it. */
    private PriceBook prices(PlanManifests files) {
        PriceBook known = snapshot;
        for (ServerlessEndpoint object : files.endpoints()) {
            String region = object.getSpec().region();
            boolean missing = known.price(
                            PriceItem.PROVISIONED_USAGE,
                            region,
                            object.getSpec().serverless().memorySizeInMB())
                    .isEmpty();
            if (missing && standing(object, files) instanceof Standing.Granted) {
                AWSIdentity identity = identity(object, files).orElseThrow();
                known = known.with(
                        aws.prices(identity, region, object.getMetadata().getNamespace()));
            }
        }
        return known;
    }

    private interface Guarded {
        void run(Runnable plan);
    }

    /** What AWS refuses to show about one object keeps nobody else's plan from being made. */
    private static Guarded guarded(PlanManifests.Place place, ServerlessEndpoint object, List<Plan.Problem> problems) {
        return plan -> {
            try {
                plan.run();
            } catch (AwsException e) {
                problems.add(new Plan.Problem(
                        place.file(),
                        place.document(),
                        "ServerlessEndpoint " + PlanOffline.id(object),
                        "",
                        "AWS could not be read: " + e.failure().describe()));
            }
        };
    }

    // ---- the cluster

    private Optional<ServerlessEndpoint> get(ServerlessEndpoint object) {
        return Optional.ofNullable(client.resources(ServerlessEndpoint.class)
                .inNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .get());
    }

    @Override
    public Optional<ServerlessEndpoint> endpoint(String namespace, String name) {
        return Optional.ofNullable(client.resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public List<WarmPolicy> policies(Set<String> namespaces) {
        try {
            return namespaces.stream()
                    .flatMap(namespace ->
                            client.resources(WarmPolicy.class).inNamespace(namespace).list().getItems().stream()
                                    .sorted(Comparator.comparing(PlanOffline::id)))
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of(); // An older Pilotlight, without this kind.
            }
            throw e;
        }
    }

    @Override
    public String origin() {
        return ONLY_THERE;
    }

    /** What the namespaces of the files hold besides, in the order of names. */
    private List<ServerlessEndpoint> gone(PlanManifests files) {
        TreeSet<String> namespaces = new TreeSet<>();
        files.endpoints().forEach(object -> namespaces.add(object.getMetadata().getNamespace()));
        List<ServerlessEndpoint> gone = new ArrayList<>();
        for (String namespace : namespaces) {
            client.resources(ServerlessEndpoint.class).inNamespace(namespace).list().getItems().stream()
                    .filter(object -> !files.mention(object) && !object.isMarkedForDeletion())
                    .sorted(Comparator.comparing(PlanOffline::id))
                    .forEach(gone::add);
        }
        return gone;
    }

    /** The files' one where they have it, with what the cluster's says about its account. */
    private Optional<AWSIdentity> identity(ServerlessEndpoint object, PlanManifests files) {
        String name = object.getSpec().identityRef().name();
        Optional<AWSIdentity> live = identities.computeIfAbsent(
                name,
                key -> Optional.ofNullable(
                        client.resources(AWSIdentity.class).withName(key).get()));
        Optional<AWSIdentity> written = files.identity(name);
        written.ifPresent(identity -> live.ifPresent(known -> identity.setStatus(known.getStatus())));
        return written.or(() -> live);
    }

    private Optional<Map<String, String>> labels(String namespace, PlanManifests files) {
        Optional<Map<String, String>> written = files.namespaceLabels(namespace);
        return written.isPresent() ? written : labels.computeIfAbsent(namespace, this::labels);
    }

    private Optional<Map<String, String>> labels(String namespace) {
        try {
            Namespace found = client.namespaces().withName(namespace).get();
            return Optional.ofNullable(found)
                    .map(known -> Objects.requireNonNullElse(known.getMetadata().getLabels(), Map.of()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    // ---- the objects

    private EndpointPlan apply(ServerlessEndpoint object, Optional<ServerlessEndpoint> before, PlanManifests files) {
        object.getMetadata()
                .setUid(before.map(was -> was.getMetadata().getUid()).orElse(NOT_CREATED_YET));
        object.getMetadata().setGeneration(generation(object, before));
        List<String> notes = new ArrayList<>();
        if (before.filter(ServerlessEndpoint::isMarkedForDeletion).isPresent()) {
            notes.add("the object in the cluster is being deleted; the plan is as if it were not");
        }
        Subject subject = subject(object, before, files, files.placeOf(object).toString(), notes);
        return planner.apply(subject, picture(subject, false));
    }

    private EndpointPlan delete(ServerlessEndpoint object, PlanManifests files) {
        Subject subject = subject(object, Optional.of(object), files, ONLY_THERE, new ArrayList<>());
        return planner.delete(subject, picture(subject, true));
    }

    private static long generation(ServerlessEndpoint object, Optional<ServerlessEndpoint> before) {
        long generation = before.map(was -> was.getMetadata().getGeneration()).orElse(0L);
        boolean same =
                before.filter(was -> was.getSpec().equals(object.getSpec())).isPresent();
        return same ? generation : generation + 1;
    }

    private Subject subject(
            ServerlessEndpoint object,
            Optional<ServerlessEndpoint> before,
            PlanManifests files,
            String origin,
            List<String> notes) {
        Optional<AWSIdentity> identity = identity(object, files);
        PlanGrants grants = grants(object, files);
        Standing standing = standing(object, files);
        if (identity.isPresent()) {
            notes.addAll(grants.notes());
        }
        ServerlessEndpointStatus status =
                before.map(ServerlessEndpoint::getStatus).orElse(NEVER_REPORTED);
        Optional<Facts> facts = standing instanceof Standing.Granted granted
                ? aws.facts(
                        planner.desired(object, identity, status),
                        location(granted, object),
                        identity.orElseThrow(),
                        now)
                : Optional.empty();
        Surroundings around = neighbourhood.around(
                object,
                location(standing, object),
                identity.map(found -> found.getSpec().limits()));
        return new Subject(object, before, status, origin, identity, standing, grants.refusals(), around, facts, notes);
    }

    private PlanGrants grants(ServerlessEndpoint object, PlanManifests files) {
        return PlanGrants.of(
                object, identity(object, files), labels(object.getMetadata().getNamespace(), files));
    }

    private Standing standing(ServerlessEndpoint object, PlanManifests files) {
        String name = object.getSpec().identityRef().name();
        Optional<AWSIdentity> identity = identity(object, files);
        PlanGrants grants = grants(object, files);
        if (identity.isEmpty()) {
            return new Standing.Waiting(
                    Reasons.IDENTITY_NOT_FOUND,
                    "AWSIdentity " + name + " is neither in the cluster nor in the files: create it, or correct"
                            + " spec.identityRef.name");
        }
        if (grants.accountID().equals(PlanGrants.UNKNOWN_ACCOUNT)) {
            return new Standing.Waiting(
                    Reasons.IDENTITY_NOT_READY,
                    "the operator has not reported the account of AWSIdentity " + name + " yet");
        }
        return grants.standing();
    }

    private AwsPicture picture(Subject subject, boolean deleting) {
        Location location = location(subject.standing(), subject.object());
        if (!(subject.standing() instanceof Standing.Granted)) {
            return new AwsPicture(location);
        }
        return aws.picture(
                planner.desired(subject.object(), subject.identity(), subject.status()),
                location,
                subject.identity().orElseThrow(),
                subject.status(),
                deleting);
    }

    private static Location location(Standing standing, ServerlessEndpoint object) {
        return new Location(
                standing instanceof Standing.Granted granted ? granted.accountID() : PlanGrants.UNKNOWN_ACCOUNT,
                object.getSpec().region());
    }
}
