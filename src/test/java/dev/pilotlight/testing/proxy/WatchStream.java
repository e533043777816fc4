package dev.pilotlight.testing.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import java.util.List;

/** One watch on its way through the proxy. Used by the proxy's thread only. */
final class WatchStream {
    private static final WatchDisturbance NONE = List::of;

    private final String resource;
    private final WebSocket upstream;
    private final ServerWebSocket downstream;
    private final ShownCluster received;
    private final ShownCluster shown;
    private WatchDisturbance disturbance = NONE;

    WatchStream(
            String resource,
            WebSocket upstream,
            ServerWebSocket downstream,
            ShownCluster received,
            ShownCluster shown) {
        this.resource = resource;
        this.upstream = upstream;
        this.downstream = downstream;
        this.received = received;
        this.shown = shown;
    }

    boolean of(String kind) {
        return resource.equals(kind);
    }

    void run(Runnable onEnd) {
        downstream.closeHandler(nothing -> {
            onEnd.run();
            upstream.close();
        });
        downstream.exceptionHandler(e -> downstream.close());
        upstream.closeHandler(nothing -> downstream.close());
        upstream.exceptionHandler(e -> downstream.close());
        upstream.textMessageHandler(this::arrived);
        upstream.resume();
    }

    private void arrived(String event) {
        JsonNode parsed = KubeProxy.parse(event);
        received.event(resource, parsed);
        disturbance.arrived(event).forEach(this::deliver);
    }

    private void deliver(String event) {
        if (!downstream.isClosed()) {
            shown.event(resource, KubeProxy.parse(event));
            downstream.writeTextMessage(event);
        }
    }

    void disturb(WatchDisturbance next) {
        calm();
        disturbance = next;
    }

    void calm() {
        disturbance.ended().forEach(this::deliver);
        disturbance = NONE;
    }

    void cut() {
        downstream.close();
    }

    void expire() {
        downstream.writeTextMessage(KubeProxy.expired());
    }
}
