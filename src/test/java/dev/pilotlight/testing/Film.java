package dev.pilotlight.testing;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Every version of the ServerlessEndpoints of a namespace, as {@code kubectl get -w} would have shown them. */
public final class Film implements AutoCloseable {
    private static final Duration WATCH_LIMIT = Duration.ofSeconds(10);

    private final List<ServerlessEndpoint> versions = new CopyOnWriteArrayList<>();
    private final Watch watch;

    private Film(Team team) {
        this.watch = team.world()
                .api()
                .admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(team.namespace())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ServerlessEndpoint version) {
                        versions.add(version);
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        // A film that ended early lacks its last version, and says so.
                    }
                });
    }

    /** Starts with what there is. */
    public static Film of(Team team) {
        return new Film(team);
    }

    /** The statuses of an object so far, without those that only repeat the one before. */
    public List<ServerlessEndpointStatus> statuses(TeamEndpoint endpoint) {
        ServerlessEndpoint now = endpoint.object();
        String last = now.getMetadata().getResourceVersion();
        Awaitility.await("the film has caught up with version " + last)
                .atMost(WATCH_LIMIT)
                .until(() -> versions.stream()
                        .anyMatch(version ->
                                version.getMetadata().getResourceVersion().equals(last)));
        List<ServerlessEndpointStatus> statuses = new ArrayList<>();
        for (ServerlessEndpoint version : versions) {
            ServerlessEndpointStatus status = version.getStatus();
            boolean repeats = !statuses.isEmpty() && statuses.getLast().equals(status);
            boolean reported = status != null && status.observedGeneration() > 0;
            if (version.getMetadata().getName().equals(endpoint.name()) && reported && !repeats) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    /** What a condition said over time, such as {@code True Succeeded}, each change once; {@code absent} where there was none. */
    public List<String> of(TeamEndpoint endpoint, String type) {
        List<String> said = new ArrayList<>();
        for (ServerlessEndpointStatus status : statuses(endpoint)) {
            String now =
                    World.condition(status.conditions(), type).map(Film::text).orElse("absent");
            if (said.isEmpty() || !said.getLast().equals(now)) {
                said.add(now);
            }
        }
        return said;
    }

    private static String text(Condition condition) {
        return condition.status() + " " + condition.reason();
    }

    @Override
    public void close() {
        watch.close();
    }
}
