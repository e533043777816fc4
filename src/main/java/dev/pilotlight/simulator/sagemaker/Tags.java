package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AddTags, ListTags, DeleteTags, and the tags other calls bring. */
final class Tags {
    private static final int MIN_PAGE = 50;

    private Tags() {}

    /** The Tags field of a request. Constraint violations stay in {@code input}. */
    static Map<String, String> read(Input input) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Input tag : input.list("Tags", 0, 50)) {
            String key = tag.text("Key", 1, 128, Patterns.TAG);
            String value = tag.text("Value", 0, 256, Patterns.TAG);
            tags.put(key, value);
        }
        return tags;
    }

    static ObjectNode add(Call call) {
        Input input = Input.of(call.body());
        String arn = input.text("ResourceArn", 0, 256, Patterns.ARN);
        Map<String, String> tags = read(input);
        input.check();
        call.allowed(arn, tags);
        Resource resource = resource(call, arn);
        resource.tag(tags);
        ObjectNode answer = Documents.empty();
        answer.set("Tags", json(List.copyOf(resource.tags().entrySet())));
        return answer;
    }

    static ObjectNode delete(Call call) {
        Input input = Input.of(call.body());
        String arn = input.text("ResourceArn", 0, 256, Patterns.ARN);
        List<String> keys = new ArrayList<>();
        call.body().path("TagKeys").forEach(key -> keys.add(key.asText()));
        input.check();
        if (keys.isEmpty() || keys.size() > 50) {
            String bound = keys.isEmpty() ? "greater than or equal to 1" : "less than or equal to 50";
            throw Errors.validation("1 validation error detected: Value '" + keys
                    + "' at 'tagKeys' failed to satisfy constraint: Member must have length " + bound);
        }
        call.allowed(arn);
        resource(call, arn).untag(keys);
        return Documents.empty();
    }

    static ObjectNode list(Call call) {
        Input input = Input.of(call.body());
        String arn = input.text("ResourceArn", 0, 256, Patterns.ARN);
        int size =
                input.optionalInteger("MaxResults", MIN_PAGE, Integer.MAX_VALUE).orElse(MIN_PAGE);
        Optional<String> token =
                input.optionalText("NextToken", 0, 8192, Patterns.ANY).filter(text -> !text.isEmpty());
        input.check();
        call.allowed(arn);
        List<Map.Entry<String, String>> all =
                List.copyOf(resource(call, arn).tags().entrySet());
        int from = token.map(Tags::offset).orElse(0);
        int to = (int) Math.min(all.size(), (long) from + size);
        ObjectNode answer = Documents.empty();
        answer.set("Tags", json(all.subList(Math.min(from, to), to)));
        if (to < all.size()) {
            answer.put("NextToken", Pages.seal(String.valueOf(to)));
        }
        return answer;
    }

    private static int offset(String token) {
        try {
            return Integer.parseUnsignedInt(Pages.open(token));
        } catch (NumberFormatException e) {
            throw Errors.badToken();
        }
    }

    private static ArrayNode json(List<Map.Entry<String, String>> tags) {
        ArrayNode list = Documents.empty().arrayNode();
        for (Map.Entry<String, String> tag : tags) {
            list.addObject().put("Key", tag.getKey()).put("Value", tag.getValue());
        }
        return list;
    }

    private static Resource resource(Call call, String arn) {
        return call.hosting()
                .byArn(arn)
                .orElseThrow(() -> Errors.notFound(Kind.ofArn(arn).orElse(Kind.ENDPOINT), arn));
    }
}
