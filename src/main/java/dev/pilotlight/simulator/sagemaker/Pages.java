package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Input;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The common part of the List operations: filters, order and pages. A page token names the last record of the page
 * before, so that records that come or go meanwhile are neither repeated nor passed over.
 */
final class Pages {
    private enum SortBy {
        Name,
        CreationTime,
        Status
    }

    private enum SortBySummary {
        Name,
        CreationTime
    }

    private enum SortOrder {
        Ascending,
        Descending
    }

    private Pages() {}

    /**
     * Answers a List operation.
     *
     * @param field name of the list in the answer
     * @param statusOf what sorting by status compares; null where the operation knows no status
     * @param summary writes one record of the page
     */
    static <R extends Resource> ObjectNode list(
            Call call,
            Input input,
            Stream<R> all,
            String field,
            Function<R, String> statusOf,
            BiConsumer<R, ObjectNode> summary) {
        int size = input.optionalInteger("MaxResults", 1, 100).orElse(10);
        Optional<String> contains = input.optionalText("NameContains", 0, 63, Patterns.NAME_CONTAINS);
        String sortBy = statusOf == null
                ? input.oneOf("SortBy", SortBySummary.class)
                        .orElse(SortBySummary.CreationTime)
                        .name()
                : input.oneOf("SortBy", SortBy.class)
                        .orElse(SortBy.CreationTime)
                        .name();
        SortOrder order = input.oneOf("SortOrder", SortOrder.class).orElse(SortOrder.Descending);
        Optional<String> token =
                input.optionalText("NextToken", 0, 8192, Patterns.ANY).filter(text -> !text.isEmpty());
        Optional<Instant> createdAfter = input.time("CreationTimeAfter");
        Optional<Instant> createdBefore = input.time("CreationTimeBefore");
        Optional<Instant> modifiedAfter = input.time("LastModifiedTimeAfter");
        Optional<Instant> modifiedBefore = input.time("LastModifiedTimeBefore");
        input.check();
        call.allowed("*");

        Function<R, String> key = resource -> switch (sortBy) {
            case "Name" -> resource.name();
            case "Status" -> statusOf.apply(resource);
            default -> String.format("%015d", resource.created().toEpochMilli());
        };
        Function<R, String> place = resource -> key.apply(resource) + "|" + String.format("%015d", resource.order());
        Comparator<R> ascending = Comparator.comparing(key).thenComparingLong(Resource::order);
        Comparator<String> placeOrder = Pages::comparePlaces;
        Comparator<String> wanted = order == SortOrder.Ascending ? placeOrder : placeOrder.reversed();
        Optional<String> last = token.map(Pages::open);
        List<R> rest = all.filter(resource -> resource.seenAt(call.now()))
                .filter(resource -> contains.isEmpty() || resource.name().contains(contains.get()))
                .filter(resource -> within(resource.created(), createdAfter, createdBefore))
                .filter(resource -> within(resource.lastModified(), modifiedAfter, modifiedBefore))
                .sorted(order == SortOrder.Ascending ? ascending : ascending.reversed())
                .filter(resource -> last.isEmpty() || wanted.compare(place.apply(resource), last.get()) > 0)
                .limit(size + 1L)
                .toList();
        ObjectNode answer = Documents.empty();
        ArrayNode list = answer.putArray(field);
        List<R> page = rest.subList(0, Math.min(size, rest.size()));
        page.forEach(resource -> summary.accept(resource, list.addObject()));
        if (rest.size() > size) {
            answer.put("NextToken", seal(place.apply(page.getLast())));
        }
        return answer;
    }

    /** Makes an opaque token. */
    static String seal(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a token made by {@link #seal}. */
    static String open(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Errors.badToken();
        }
    }

    private static int comparePlaces(String a, String b) {
        int byKey = a.substring(0, bar(a)).compareTo(b.substring(0, bar(b)));
        return byKey != 0 ? byKey : a.substring(bar(a)).compareTo(b.substring(bar(b)));
    }

    private static int bar(String place) {
        int bar = place.lastIndexOf('|');
        if (bar < 0) {
            throw Errors.badToken();
        }
        return bar;
    }

    private static boolean within(Instant time, Optional<Instant> after, Optional<Instant> before) {
        return (after.isEmpty() || !time.isBefore(after.get())) && (before.isEmpty() || time.isBefore(before.get()));
    }
}
