package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Kubernetes events beside the work: {@link #record} only puts them into a bounded queue, from which one daemon thread writes
 * them. A full queue or a refused write loses the event, is counted, and never fails a reconcile.
 *
 * <p>Events are of core/v1 and not of events.k8s.io/v1: both are the same objects to the API server, but only the former may carry the
 * timestamps by which {@code kubectl describe} sorts. The name is derived from object UID, reason and key, so that a pass that is repeated
 * after a crash makes no second event. What is needed is {@code create} on {@code events}; events of cluster-scoped objects go to the
 * namespace {@code default}.
 */
public final class EventRecorder implements AutoCloseable {
    /** The API server refuses longer ones. */
    static final int LONGEST_NOTE_IN_BYTES = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String CONTROLLER = Pilotlight.GROUP + "/operator";
    private static final int QUEUE = 1000;
    private static final int LONGEST_INSTANCE = 128;
    private static final int HASH_BYTES = 8;
    private static final String CUT = "...";
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final InstantSource wallClock;
    private final String instance;
    private final BlockingQueue<Event> queue;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Object idleLock = new Object();
    private final Thread thread;
    private int unfinished;

    /**
     * Starts the thread.
     *
     * @param instance who writes, for example the pod's name
     * @param wallClock the real time also in development: kubectl shows ages
     */
    public EventRecorder(KubernetesClient client, String instance, InstantSource wallClock) {
        this(client, instance, wallClock, QUEUE);
    }

    EventRecorder(KubernetesClient client, String instance, InstantSource wallClock, int capacity) {
        this.client = client;
        this.wallClock = wallClock;
        this.instance = instance.length() > LONGEST_INSTANCE ? instance.substring(0, LONGEST_INSTANCE) : instance;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofPlatform().daemon().name("pilotlight-events").unstarted(this::run);
        this.thread.start();
    }

    /** Queues the event; returns at once and never throws. */
    public void record(HasMetadata regarding, ObjectEvent event) {
        Event kubernetesEvent = event(regarding, event, wallClock.instant());
        synchronized (idleLock) {
            if (queue.offer(kubernetesEvent)) {
                unfinished++;
                return;
            }
        }
        long lost = dropped.incrementAndGet();
        LOG.warn("event {} dropped, the queue is full; {} lost so far", kubernetesEvent.getReason(), lost);
    }

    /** Whether every event that was recorded has been written or given up. */
    public boolean idle() {
        synchronized (idleLock) {
            return unfinished == 0;
        }
    }

    /**
     * Waits until {@link #idle()}, on the wall clock.
     *
     * @return whether it became idle in time
     */
    public boolean flush(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (idleLock) {
            while (unfinished > 0) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                idleLock.wait(left);
            }
            return true;
        }
    }

    /** Events the API server took. */
    public long written() {
        return written.get();
    }

    /** Events that were lost. */
    public long dropped() {
        return dropped.get();
    }

    /** Ends the thread; what is still queued is lost unless it was flushed. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Event event = queue.take();
                try {
                    write(event);
                } finally {
                    synchronized (idleLock) {
                        unfinished--;
                        idleLock.notifyAll();
                    }
                }
            }
        } catch (InterruptedException e) {
            // Only close() interrupts: the thread ends.
            LOG.debug("event recorder closed");
        }
    }

    private void write(Event event) {
        try {
            client.resource(event).create();
            written.incrementAndGet();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                // The name is derived: an earlier pass recorded the same.
                return;
            }
            dropped.incrementAndGet();
            LOG.warn("event {} dropped: {}", event.getReason(), e.getMessage());
        } catch (RuntimeException e) {
            dropped.incrementAndGet();
            LOG.warn("event {} dropped", event.getReason(), e);
        }
    }

    private Event event(HasMetadata regarding, ObjectEvent event, Instant now) {
        String uid = regarding.getMetadata().getUid();
        String namespace = regarding.getMetadata().getNamespace();
        String seconds = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace == null ? "default" : namespace)
                .withName(regarding.getMetadata().getName() + "." + hash(uid, event.reason(), event.key()))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(regarding.getApiVersion())
                .withKind(regarding.getKind())
                .withNamespace(namespace)
                .withName(regarding.getMetadata().getName())
                .withUid(uid)
                .withResourceVersion(regarding.getMetadata().getResourceVersion())
                .endInvolvedObject()
                .withType(event.type().text())
                .withReason(event.reason())
                .withAction(event.action())
                .withMessage(note(event))
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withFirstTimestamp(seconds)
                .withLastTimestamp(seconds)
                .withCount(1)
                .withReportingComponent(CONTROLLER)
                .withReportingInstance(instance)
                .withNewSource()
                .withComponent(Pilotlight.FIELD_MANAGER)
                .endSource()
                .build();
    }

    /** The note is cut, never the request id: support asks for it. */
    private static String note(ObjectEvent event) {
        String request =
                event.requestID().map(id -> " (AWS request " + id + ")").orElse("");
        return cut(event.note(), LONGEST_NOTE_IN_BYTES - request.getBytes(StandardCharsets.UTF_8).length) + request;
    }

    private static String cut(String text, int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        int room = bytes - CUT.length();
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            int size = text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (size > room) {
                break;
            }
            room -= size;
            end = next;
        }
        return text.substring(0, end) + CUT;
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
