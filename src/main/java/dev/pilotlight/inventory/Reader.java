package dev.pilotlight.inventory;

import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Candidates;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Reads AWS with the first identity of a location that is allowed to, and counts what it reads. */
final class Reader {

    private final AwsSessions sessions;
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong describes = new AtomicLong();
    private final AtomicLong tagReads = new AtomicLong();

    Reader(AwsSessions sessions) {
        this.sessions = sessions;
    }

    List<EndpointSummary> endpoints(Shelf shelf, Priority priority, Optional<EndpointStatus> status) {
        lists.incrementAndGet();
        return read(shelf, priority, hosting -> hosting.listEndpoints(status));
    }

    List<Hosting.NamedResource> containing(Shelf shelf, Kind kind, String part) {
        lists.incrementAndGet();
        return read(shelf, Priority.DELETE, hosting -> switch (kind) {
            case ENDPOINT -> hosting.listEndpointsContaining(part);
            case ENDPOINT_CONFIG -> hosting.listEndpointConfigsContaining(part);
            case MODEL -> hosting.listModelsContaining(part);
        });
    }

    Optional<EndpointSnapshot> endpoint(Shelf shelf, Priority priority, String name) {
        describes.incrementAndGet();
        return read(shelf, priority, hosting -> hosting.describeEndpoint(name));
    }

    Optional<EndpointConfigSnapshot> endpointConfig(Shelf shelf, Priority priority, String name) {
        describes.incrementAndGet();
        return read(shelf, priority, hosting -> hosting.describeEndpointConfig(name));
    }

    Optional<ModelSnapshot> model(Shelf shelf, Priority priority, String name) {
        describes.incrementAndGet();
        return read(shelf, priority, hosting -> hosting.describeModel(name));
    }

    /** The resource's tags; none also for one that went meanwhile. */
    Map<String, String> tags(Shelf shelf, Priority priority, String arn) {
        tagReads.incrementAndGet();
        return read(shelf, priority, hosting -> hosting.listTags(arn)).orElse(Map.of());
    }

    /** As {@link #tags}, for the further resources of a search that was begun. */
    Map<String, String> furtherTags(Shelf shelf, Priority priority, String arn) {
        tagReads.incrementAndGet();
        return read(shelf, priority, hosting -> hosting.listFurtherTags(arn)).orElse(Map.of());
    }

    long lists() {
        return lists.get();
    }

    long describes() {
        return describes.get();
    }

    long tagReads() {
        return tagReads.get();
    }

    private <T> T read(Shelf shelf, Priority priority, Function<Hosting, T> call) {
        Candidates.Answer<T> answer = new Candidates(shelf.location(), shelf.candidates())
                .ask(sessions, session -> call.apply(session.hosting(priority)));
        shelf.prefer(answer.allowed());
        return answer.value();
    }
}
