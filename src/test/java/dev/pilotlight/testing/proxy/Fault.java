package dev.pilotlight.testing.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** What becomes of a request. */
public sealed interface Fault {
    /**
     * The API server never sees it; this is the answer.
     *
     * @param code HTTP status
     * @param reason machine-readable, such as Conflict
     */
    record Refused(int code, String reason) implements Fault {}

    /** The connection ends before the API server sees it. */
    record RequestLost() implements Fault {}

    /** The API server does it, and the connection ends before the answer. */
    record AnswerLost() implements Fault {}

    /**
     * The API server does it, and the answer is not the one it gave.
     *
     * @param change of the body of a success
     */
    record Falsified(UnaryOperator<ObjectNode> change) implements Fault {}

    static Fault conflict() {
        return new Refused(409, "Conflict");
    }

    static Fault tooManyRequests() {
        return new Refused(429, "TooManyRequests");
    }

    static Fault internalError() {
        return new Refused(500, "InternalError");
    }

    /** A list of only its first objects. */
    static Fault truncated(int keep) {
        return new Falsified(list -> {
            ArrayNode items = list.withArray("items");
            while (items.size() > keep) {
                items.remove(items.size() - 1);
            }
            return list;
        });
    }

    static Fault emptyList() {
        return truncated(0);
    }

    /** That list, whatever there is now. */
    static Fault oldList(JsonNode old) {
        return new Falsified(list -> old.deepCopy());
    }
}
