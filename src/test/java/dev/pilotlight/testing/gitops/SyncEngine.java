package dev.pilotlight.testing.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.deploy.LuaMachine;
import dev.pilotlight.testing.KubeApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does to a cluster what Argo CD's engine does: applies a commit wave by wave on the server side and with force, waits for a wave to be
 * healthy by the health scripts that the project ships before it begins the next, fails at one degraded reading, prunes in the reverse
 * order what the commit does not hold any more, and computes the difference to Git in the two ways that are in use. It has no loop of its
 * own: a test calls {@link #step} as often as it likes.
 */
public final class SyncEngine {
    /** The annotation that orders a sync. */
    public static final String WAVE = "argocd.argoproj.io/sync-wave";

    private static final String TRACKING = "app.kubernetes.io/instance";
    private static final Path SCRIPTS = Path.of("deploy/argocd/resource_customizations/pilotlight.dev");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext APPLY = apply(List.of());
    private static final PatchContext DRY_RUN = apply(List.of("All"));

    private final KubernetesClient client;
    private final String app;
    private final Map<Key, GenericKubernetesResource> known = new LinkedHashMap<>();
    private final Map<Integer, List<GenericKubernetesResource>> waves = new TreeMap<>();
    private List<Integer> ahead = List.of();

    /** How a sync stands. */
    public enum Phase {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    private record Key(String apiVersion, String kind, String namespace, String name) {
        static Key of(GenericKubernetesResource object) {
            return new Key(
                    object.getApiVersion(),
                    object.getKind(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName());
        }
    }

    /**
     * @param app whose objects are told from those of others by a label
     */
    public SyncEngine(KubeApi api, String app) {
        this.client = api.admin();
        this.app = app;
    }

    /** A new commit is to be synced. */
    public void commit(List<GenericKubernetesResource> manifests) {
        waves.clear();
        for (GenericKubernetesResource manifest : manifests) {
            Map<String, String> labels = manifest.getMetadata().getLabels();
            Map<String, String> tracked = new LinkedHashMap<>(labels == null ? Map.of() : labels);
            tracked.put(TRACKING, app);
            manifest.getMetadata().setLabels(tracked);
            waves.computeIfAbsent(wave(manifest), key -> new ArrayList<>()).add(manifest);
        }
        ahead = List.copyOf(waves.keySet());
        if (!ahead.isEmpty()) {
            apply(ahead.getFirst());
        }
    }

    /** Looks at the wave that was applied last, and goes on when it is healthy. */
    public Phase step() {
        if (ahead.isEmpty()) {
            return Phase.SUCCEEDED;
        }
        List<String> health =
                waves.get(ahead.getFirst()).stream().map(this::health).toList();
        if (health.contains("Degraded")) {
            ahead = List.of();
            return Phase.FAILED;
        }
        if (!health.stream().allMatch("Healthy"::equals)) {
            return Phase.RUNNING;
        }
        ahead = ahead.subList(1, ahead.size());
        if (!ahead.isEmpty()) {
            apply(ahead.getFirst());
            return Phase.RUNNING;
        }
        return Phase.SUCCEEDED;
    }

    private void apply(int wave) {
        waves.get(wave).forEach(manifest -> {
            resource(manifest).patch(APPLY, manifest);
            known.put(Key.of(manifest), manifest);
        });
    }

    /** Applies again what differs, as selfHeal does; the answer is how many objects did. */
    public int heal() {
        List<GenericKubernetesResource> different = waves.values().stream()
                .flatMap(List::stream)
                .filter(manifest -> !difference(manifest).isEmpty())
                .toList();
        different.forEach(manifest -> resource(manifest).patch(APPLY, manifest));
        return different.size();
    }

    /** Asks for the deletion of one more of the objects that the commit has not, last wave first; false when there is none. */
    public boolean prune() {
        List<GenericKubernetesResource> surplus = known.values().stream()
                .filter(object -> waves.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(manifest -> Key.of(manifest).equals(Key.of(object))))
                .sorted(Comparator.comparing(SyncEngine::wave).reversed())
                .toList();
        for (GenericKubernetesResource object : surplus) {
            GenericKubernetesResource live = resource(object).get();
            if (live == null) {
                known.remove(Key.of(object));
            } else {
                if (!live.isMarkedForDeletion()) {
                    resource(object).delete();
                }
                return true;
            }
        }
        return false;
    }

    /** Deletes an object and makes it anew once it is gone, as {@code BeforeHookCreation} does; false while it is still there. */
    public boolean recreate(GenericKubernetesResource hook) {
        GenericKubernetesResource live = resource(hook).get();
        if (live == null) {
            resource(hook).patch(APPLY, hook);
            return true;
        }
        if (!live.isMarkedForDeletion()) {
            resource(hook).delete();
        }
        return false;
    }

    /** Argo CD's word for the object, by the script that is shipped for its kind. */
    public String health(GenericKubernetesResource manifest) {
        GenericKubernetesResource live = resource(manifest).get();
        if (live == null) {
            return "Missing";
        }
        if (live.isMarkedForDeletion()) {
            return "Progressing";
        }
        Path script = SCRIPTS.resolve(manifest.getKind()).resolve("health.lua");
        try {
            return LuaMachine.asShipped()
                    .run(Files.readString(script), tree(live))
                    .path("status")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What would change if the commit were applied, by both ways of computing it; empty where an object is in sync. */
    public List<String> differences() {
        return waves.values().stream()
                .flatMap(List::stream)
                .flatMap(manifest -> difference(manifest).stream())
                .toList();
    }

    private List<String> difference(GenericKubernetesResource manifest) {
        GenericKubernetesResource live = resource(manifest).get();
        String name = manifest.getKind() + "/" + manifest.getMetadata().getName();
        if (live == null) {
            return List.of(name + " is missing");
        }
        List<String> differences = new ArrayList<>();
        JsonNode predicted = normal(resource(manifest).patch(DRY_RUN, manifest));
        if (!predicted.equals(normal(live))) {
            differences.add(name + " would become " + predicted + " from " + normal(live));
        }
        missing(name, tree(manifest), tree(live), differences);
        return differences;
    }

    /** Every field that Git sets has to be in the live object as it is; lists count as a whole. */
    private static void missing(String path, JsonNode wanted, JsonNode live, List<String> differences) {
        if (wanted instanceof ObjectNode object) {
            object.properties()
                    .forEach(field -> missing(
                            path + "." + field.getKey(), field.getValue(), live.path(field.getKey()), differences));
        } else if (!wanted.isNull() && !wanted.equals(live)) {
            differences.add(path + " is " + live + ", not " + wanted);
        }
    }

    /** Without what no diff looks at. */
    private static JsonNode normal(GenericKubernetesResource object) {
        ObjectNode tree = tree(object);
        tree.remove("status");
        ObjectNode metadata = (ObjectNode) tree.get("metadata");
        metadata.remove(List.of("managedFields", "resourceVersion", "generation"));
        return tree;
    }

    private static ObjectNode tree(GenericKubernetesResource object) {
        try {
            return (ObjectNode) JSON.readTree(Serialization.asJson(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PatchContext apply(List<String> dryRun) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("argocd-controller")
                .withForce(true)
                .withDryRun(dryRun)
                .build();
    }

    private static int wave(GenericKubernetesResource object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? 0 : Integer.parseInt(annotations.getOrDefault(WAVE, "0"));
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
        return client.resource(object);
    }
}
