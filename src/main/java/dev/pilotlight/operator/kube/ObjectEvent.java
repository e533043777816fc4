package dev.pilotlight.operator.kube;

import java.util.Optional;

/**
 * Something that happened to an object, for {@code kubectl describe}.
 *
 * @param type whether people should worry
 * @param reason one word in CamelCase, for example {@code EndpointCreated}
 * @param action what was done, in AWS's word where there is one, for example {@code CreateEndpoint}
 * @param note one sentence for people; cut to 1 KiB together with the request id
 * @param requestID AWS request id of the call it is about
 * @param key tells occurrences apart: one event is made per object UID, reason and key, however often it is recorded; for example the
 *     revision, or the AWS request id
 */
public record ObjectEvent(
        Type type, String reason, String action, String note, Optional<String> requestID, String key) {

    /** Kubernetes' two types of events. */
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
