package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.inventory.Inventory;
import java.util.List;
import java.util.Map;

/**
 * The models, endpoint configs and previews of an object's revisions: the wanted one and those that its status remembers. What is known is
 * enough for most; what is about to be removed, or may have to be returned to, has to be looked at, if nobody has since the operator
 * started.
 *
 * @param atRest the object is Ready and serves what it wants, so that what nothing needs any more may go
 */
record RevisionContents(
        Inventory inventory, Location location, Desired desired, ServerlessEndpointStatus remembered, boolean atRest) {

    /** Fills in what is known of the object's models, configs and previews, by name. */
    void look(
            Map<String, Sighting<EndpointSnapshot>> previews,
            Map<String, Sighting<ModelSnapshot>> models,
            Map<String, Sighting<EndpointConfigSnapshot>> configs) {
        models.put(desired.modelName(), inventory.model(location, desired.modelName()));
        configs.put(desired.configName(), inventory.endpointConfig(location, desired.configName()));
        for (RevisionRecord record : remembered.revisions()) {
            if (record.previewEndpointConfigName() != null) {
                String preview = desired.names().preview(record.name());
                previews.put(preview, inventory.endpoint(location, preview));
                configs.put(record.previewEndpointConfigName(), previewConfig(record, previews.get(preview)));
            }
            boolean surplus = isSurplus(record);
            if (record.modelName() != null) {
                models.put(record.modelName(), model(record.modelName(), surplus));
            }
            for (String other : record.otherEndpointConfigNames()) {
                boolean toGo = atRest && desired.surplusConfigs(record).contains(other);
                configs.put(other, config(other, toGo));
            }
            if (record.endpointConfigName() != null) {
                configs.put(
                        record.endpointConfigName(),
                        config(record.endpointConfigName(), surplus || mayBeReturnedTo(record)));
            }
        }
    }

    /** What was proven last, on the way to something else: it is gone back to only where it is there and ours. */
    private boolean mayBeReturnedTo(RevisionRecord record) {
        return remembered.revision() != null
                && record.name().equals(remembered.revision().deployed())
                && !record.name().equals(desired.revision().name());
    }

    /** The next revision to be trimmed from the history. */
    private boolean isSurplus(RevisionRecord record) {
        List<RevisionRecord> records = remembered.revisions();
        Integer limit = desired.rollout().revisionHistoryLimit();
        return records.size() > 1 + (limit == null ? 3 : limit) && record.equals(records.getLast());
    }

    private Sighting<ModelSnapshot> model(String name, boolean mustBeKnown) {
        Sighting<ModelSnapshot> model = inventory.model(location, name);
        return mustBeKnown && model instanceof Sighting.Unseen ? inventory.inspectModel(location, name) : model;
    }

    /** What is about to be removed has to be looked at, if nobody has since the operator started. */
    private Sighting<EndpointConfigSnapshot> config(String name, boolean mustBeKnown) {
        Sighting<EndpointConfigSnapshot> config = inventory.endpointConfig(location, name);
        return mustBeKnown && config instanceof Sighting.Unseen
                ? inventory.inspectEndpointConfig(location, name)
                : config;
    }

    /** Once a preview has done its work, or is not wanted any more, and is gone, what is left of it must be known: also after a restart. */
    private Sighting<EndpointConfigSnapshot> previewConfig(RevisionRecord record, Sighting<EndpointSnapshot> preview) {
        boolean wanted = record.state() == RevisionState.PENDING
                && record.name().equals(desired.revision().name());
        boolean done = !wanted && preview instanceof Sighting.Absent;
        return config(record.previewEndpointConfigName(), done);
    }
}
