package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Observed;
import dev.pilotlight.domain.endpoint.Observed.Image;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.operator.endpoint.Gathered.Access;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads everything a pass decides on: the object, its identity, and AWS through the inventory. */
final class EndpointGatherer {
    private final String clusterID;
    private final Function<String, Optional<AWSIdentity>> identities;
    private final StandingReader standings;
    private final Inventory inventory;
    private final AwsSessions sessions;
    private final Expectations expectations;
    private final ValidationRunner validations;

    EndpointGatherer(
            String clusterID,
            Function<String, Optional<AWSIdentity>> identities,
            StandingReader standings,
            Inventory inventory,
            AwsSessions sessions,
            Expectations expectations,
            ValidationRunner validations) {
        this.clusterID = clusterID;
        this.identities = identities;
        this.standings = standings;
        this.inventory = inventory;
        this.sessions = sessions;
        this.expectations = expectations;
        this.validations = validations;
    }

    Gathered gather(ServerlessEndpoint object, ServerlessEndpointStatus remembered, Memory memory) {
        boolean deleting = object.isMarkedForDeletion();
        Optional<AWSIdentity> identity =
                identities.apply(object.getSpec().identityRef().name());
        Desired desired = Desired.of(
                object, clusterID, identity.map(i -> i.getSpec().defaultTags()).orElse(List.of()));
        Standing standing = standings.read(object, desired, identity);
        Optional<String> invalid =
                deleting ? Optional.empty() : expectations.firstInvalid(desired.validationRequests());
        Optional<Access> access = invalid.isPresent()
                ? Optional.empty()
                : identity.flatMap(i -> access(i, standing, deleting, remembered, desired));
        Look look = new Look(desired, remembered, memory);
        Optional<AwsException> failure = Optional.empty();
        if (access.isPresent()) {
            try {
                look.at(access.get(), deleting);
            } catch (AwsException e) {
                failure = Optional.of(e);
            }
        }
        Observed observed = new Observed(
                standing,
                look.endpoint,
                look.previews,
                look.models,
                look.configs,
                look.image,
                invalid,
                validations.finished(desired.owner().uid()),
                memory.livePathRefused(),
                annotation(object, Annotations.RETRY));
        return new Gathered(desired, observed, look.owned, access, failure);
    }

    /** A deletion may use an identity that would not let the object be created today: cleaning up is never revoked. */
    private Optional<Access> access(
            AWSIdentity identity,
            Standing standing,
            boolean deleting,
            ServerlessEndpointStatus remembered,
            Desired desired) {
        String account;
        if (standing instanceof Standing.Granted granted) {
            account = granted.accountID();
        } else if (deleting && remembered.accountID() != null) {
            account = remembered.accountID();
        } else {
            return Optional.empty();
        }
        if (remembered.accountID() != null && !remembered.accountID().equals(account)) {
            return Optional.empty();
        }
        SessionRequest session = new SessionRequest(
                Optional.ofNullable(identity.getSpec().credentials().roleARN()),
                desired.region(),
                clusterID,
                desired.identity(),
                new SessionRequest.Purpose.Tenant(desired.owner().namespace()));
        return Optional.of(new Access(new Location(account, desired.region()), session));
    }

    static String annotation(ServerlessEndpoint object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    /** One look at AWS; what was seen before a failure stays seen. */
    private final class Look {
        private final Desired desired;
        private final ServerlessEndpointStatus remembered;
        private final Memory memory;
        private final Map<String, Sighting<EndpointSnapshot>> previews = new HashMap<>();
        private final Map<String, Sighting<ModelSnapshot>> models = new HashMap<>();
        private final Map<String, Sighting<EndpointConfigSnapshot>> configs = new HashMap<>();
        private Sighting<EndpointSnapshot> endpoint = new Sighting.Unseen<>();
        private Image image = new Image.NotAsked();
        private Optional<List<OwnedResource>> owned = Optional.empty();

        private Look(Desired desired, ServerlessEndpointStatus remembered, Memory memory) {
            this.desired = desired;
            this.remembered = remembered;
            this.memory = memory;
        }

        private void at(Access access, boolean deleting) {
            Location location = access.location();
            inventory.watch(location, desired.endpointName());
            if (!memory.verified()) {
                memory.verify();
                RememberedEndpoint.of(desired, remembered)
                        .ifPresent(known -> inventory.verified(location, known, desired.withUserTags(desired.owner())));
            }
            endpoint = inventory.endpoint(location, desired.endpointName());
            if (deleting) {
                searchOwned(location);
                return;
            }
            known(location);
            if (modelIsNeeded()) {
                image = resolve(access);
            }
        }

        private void known(Location location) {
            models.put(desired.modelName(), inventory.model(location, desired.modelName()));
            configs.put(desired.configName(), inventory.endpointConfig(location, desired.configName()));
            for (RevisionRecord record : remembered.revisions()) {
                if (record.previewEndpointConfigName() != null) {
                    String preview = desired.names().preview(record.name());
                    previews.put(preview, inventory.endpoint(location, preview));
                    configs.put(record.previewEndpointConfigName(), previewConfig(location, record, preview));
                }
                boolean surplus = isSurplus(record);
                if (record.modelName() != null) {
                    models.put(record.modelName(), model(location, record.modelName(), surplus));
                }
                if (record.endpointConfigName() != null) {
                    configs.put(record.endpointConfigName(), config(location, record.endpointConfigName(), surplus));
                }
            }
        }

        /** The next revision to be trimmed from the history. */
        private boolean isSurplus(RevisionRecord record) {
            List<RevisionRecord> records = remembered.revisions();
            Integer limit = desired.rollout().revisionHistoryLimit();
            return records.size() > 1 + (limit == null ? 3 : limit) && record.equals(records.getLast());
        }

        private Sighting<ModelSnapshot> model(Location location, String name, boolean mustBeKnown) {
            Sighting<ModelSnapshot> model = inventory.model(location, name);
            return mustBeKnown && model instanceof Sighting.Unseen ? inventory.inspectModel(location, name) : model;
        }

        /** What is about to be removed has to be looked at, if nobody has since the operator started. */
        private Sighting<EndpointConfigSnapshot> config(Location location, String name, boolean mustBeKnown) {
            Sighting<EndpointConfigSnapshot> config = inventory.endpointConfig(location, name);
            return mustBeKnown && config instanceof Sighting.Unseen
                    ? inventory.inspectEndpointConfig(location, name)
                    : config;
        }

        /** Once a preview has done its work and is gone, what is left of it must be known: also after a restart between the two deletions. */
        private Sighting<EndpointConfigSnapshot> previewConfig(
                Location location, RevisionRecord record, String preview) {
            boolean done = record.state() != RevisionState.PENDING && previews.get(preview) instanceof Sighting.Absent;
            return config(location, record.previewEndpointConfigName(), done);
        }

        /** Absence is confirmed by a Describe before configs and models of the object are looked for, and those before it is let go. */
        private void searchOwned(Location location) {
            boolean ours = endpoint instanceof Sighting.Present<EndpointSnapshot> present
                    && present.owner()
                            .filter(owner -> owner.sameLife(desired.owner()))
                            .isPresent();
            if (ours) {
                return;
            }
            if (memory.owned().isEmpty() || memory.owned().get().isEmpty()) {
                endpoint = inventory.confirmEndpoint(location, desired.endpointName());
                memory.owned(Optional.of(
                        inventory.findOwned(location, desired.names().stem()).stream()
                                .filter(resource -> resource.owner().sameLife(desired.owner()))
                                .toList()));
            }
            owned = memory.owned();
        }

        /** Only a revision that is about to be made needs its image resolved; afterwards the model holds the digest. */
        private boolean modelIsNeeded() {
            boolean acknowledged = remembered.accountID() != null
                    && remembered.revision() != null
                    && desired.revision().name().equals(remembered.revision().desired());
            boolean served = endpoint.found()
                    .flatMap(live -> desired.names().revisionOfConfig(live.configName()))
                    .filter(desired.revision().name()::equals)
                    .isPresent();
            boolean moving =
                    endpoint.found().map(live -> live.status().isMoving()).orElse(false);
            return acknowledged
                    && !served
                    && !moving
                    && !desired.suspended()
                    && !(models.get(desired.modelName()) instanceof Sighting.Present);
        }

        private Image resolve(Access access) {
            String reference = desired.model().image();
            if (reference.contains("@")) {
                return new Image.Resolved(reference);
            }
            try {
                return sessions.open(access.session())
                        .images()
                        .resolve(reference)
                        .<Image>map(digest -> new Image.Resolved(repository(reference) + "@" + digest))
                        .orElseGet(() -> new Image.Missing("image " + reference
                                + " does not exist in its registry: push it, or correct spec.model.image"));
            } catch (AwsException e) {
                return switch (e.kind()) {
                    case DENIED, INVALID ->
                        new Image.Unreadable(reference, e.failure().describe());
                    case THROTTLED, RETRIABLE, IN_PROGRESS, NOT_FOUND, CONFLICT, QUOTA_EXCEEDED -> throw e;
                };
            }
        }

        private static String repository(String reference) {
            int colon = reference.lastIndexOf(':');
            return colon > reference.lastIndexOf('/') ? reference.substring(0, colon) : reference;
        }
    }
}
