package dev.pilotlight.operator.warm.ping;

import dev.pilotlight.api.v1alpha1.KeepWarmRequest;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Inference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pings that are sent at the same moment: one after another they would all meet the same container. */
final class Burst {
    private final Inference inference;
    private final Inference.Request request;

    /**
     * @param answered how many were answered, whatever the model said
     * @param billed on-demand time of them, by the latency that was seen here, which is a little more than AWS bills
     * @param failure why others were not
     */
    record Outcome(int answered, Duration billed, Optional<AwsException> failure) {}

    Burst(Inference inference, Wish wish) {
        this.inference = inference;
        KeepWarmRequest ping = wish.spec().request();
        this.request = new Inference.Request(
                wish.endpointName(),
                ping.contentType(),
                Optional.ofNullable(ping.accept()),
                ping.body().getBytes(StandardCharsets.UTF_8),
                "pilotlight-ping-" + wish.uid());
    }

    Outcome send(int pings) throws InterruptedException {
        CountDownLatch together = new CountDownLatch(pings);
        Callable<Duration> ping = () -> {
            together.countDown();
            together.await();
            return inference.invoke(request).latency();
        };
        List<Callable<Duration>> all = new ArrayList<>();
        for (int i = 0; i < pings; i++) {
            all.add(ping);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return outcome(threads.invokeAll(all));
        }
    }

    private static Outcome outcome(List<Future<Duration>> pings) throws InterruptedException {
        int answered = 0;
        Duration billed = Duration.ZERO;
        Optional<AwsException> failure = Optional.empty();
        for (Future<Duration> ping : pings) {
            try {
                billed = billed.plus(ping.get());
                answered++;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AwsException refused)) {
                    throw new IllegalStateException(e.getCause());
                }
                failure = Optional.of(refused);
            }
        }
        return new Outcome(answered, billed, failure);
    }
}
