package dev.pilotlight.testing;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what clients ask a cluster to change, and each answer to that: while the number stays, they have changed nothing. */
final class WriteCount implements Interceptor {
    /** No number of writes. */
    static final long UNKNOWN = -1;

    private final AtomicLong soFar = new AtomicLong();

    long soFar() {
        return soFar.get();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        count(request);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request);
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request);
    }

    /** Somebody else is about to change something, or has. */
    void somethingElse() {
        soFar.incrementAndGet();
    }

    private void count(HttpRequest request) {
        if (!request.method().equals("GET")) {
            soFar.incrementAndGet();
        }
    }
}
