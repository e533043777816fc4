package dev.pilotlight.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A page of a list. Its token names the last item and not how many there were, so that items that come or go meanwhile are neither repeated
 * nor passed over.
 *
 * @param next token of the page after this one; empty on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    private static final String AFTER = "after ";

    /**
     * @param all in the order of their keys
     * @param token that the client sent; empty for the first page
     * @param size at most so many items, at least 1
     * @param noToken what is wrong with a token that was never given
     */
    public static <T> Page<T> of(
            List<T> all, Function<T, String> key, Optional<String> token, int size, Supplier<AwsError> noToken) {
        int from = token.map(text -> after(all, key, open(text, noToken))).orElse(0);
        int to = (int) Math.min(all.size(), (long) from + size);
        return new Page<>(
                all.subList(from, to),
                to < all.size() ? Optional.of(seal(key.apply(all.get(to - 1)))) : Optional.empty());
    }

    private static <T> int after(List<T> all, Function<T, String> key, String last) {
        List<String> keys = all.stream().map(key).toList();
        int there = keys.indexOf(last);
        if (there >= 0) {
            return there + 1;
        }
        return (int) keys.stream().takeWhile(one -> one.compareTo(last) < 0).count();
    }

    private static String seal(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((AFTER + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String open(String token, Supplier<AwsError> noToken) {
        try {
            String opened = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (opened.startsWith(AFTER)) {
                return opened.substring(AFTER.length());
            }
        } catch (IllegalArgumentException notBase64) {
            throw noToken.get();
        }
        throw noToken.get();
    }
}
