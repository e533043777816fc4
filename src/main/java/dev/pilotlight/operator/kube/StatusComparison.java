package dev.pilotlight.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether two statuses say the same. They are compared as the JSON that goes over the wire, without regard to the order of conditions and
 * to the transition time of conditions whose status did not change.
 */
final class StatusComparison {
    private final KubernetesSerialization serialization;

    StatusComparison(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    boolean same(Object before, Object after) {
        JsonNode old = tree(before);
        JsonNode fresh = tree(after);
        Map<String, ObjectNode> oldConditions = takeConditions(old);
        Map<String, ObjectNode> freshConditions = takeConditions(fresh);
        freshConditions.forEach((type, condition) -> {
            ObjectNode counterpart = oldConditions.get(type);
            if (counterpart != null && counterpart.path("status").equals(condition.path("status"))) {
                counterpart.remove("lastTransitionTime");
                condition.remove("lastTransitionTime");
            }
        });
        return old.equals(fresh) && oldConditions.equals(freshConditions);
    }

    /** Through text, so that numbers of one value have one type; no status is an empty one. */
    private JsonNode tree(Object status) {
        return serialization.unmarshal(status == null ? "{}" : serialization.asJson(status), JsonNode.class);
    }

    private static Map<String, ObjectNode> takeConditions(JsonNode status) {
        Map<String, ObjectNode> conditions = new TreeMap<>();
        if (status instanceof ObjectNode object && object.path("conditions") instanceof ArrayNode list) {
            for (Iterator<JsonNode> all = list.elements(); all.hasNext(); ) {
                if (all.next() instanceof ObjectNode condition) {
                    conditions.put(condition.path("type").asText(), condition);
                }
            }
            object.remove("conditions");
        }
        return conditions;
    }
}
