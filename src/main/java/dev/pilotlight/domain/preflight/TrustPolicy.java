package dev.pilotlight.domain.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The trust policy of a role, read only as far as one question needs. Conditions are not evaluated: AWS alone knows what they meet. */
public final class TrustPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAGEMAKER = "sagemaker.amazonaws.com";

    private TrustPolicy() {}

    /** Whether some statement lets SageMaker assume the role; false for what is no policy. */
    public static boolean trustsSageMaker(String document) {
        try {
            return texts(JSON.readTree(document).path("Statement")).stream().anyMatch(TrustPolicy::letsSageMakerIn);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean letsSageMakerIn(JsonNode statement) {
        boolean allows = "Allow".equals(statement.path("Effect").asText());
        boolean action = texts(statement.path("Action")).stream()
                .map(JsonNode::asText)
                .anyMatch(a -> a.equalsIgnoreCase("sts:AssumeRole") || a.equals("sts:*") || a.equals("*"));
        JsonNode principal = statement.path("Principal");
        boolean sageMaker = "*".equals(principal.asText())
                || texts(principal.path("Service")).stream()
                        .anyMatch(service -> SAGEMAKER.equals(service.asText()) || "*".equals(service.asText()));
        return allows && action && sageMaker;
    }

    /** IAM writes one thing as itself and several as a list. */
    private static List<JsonNode> texts(JsonNode node) {
        List<JsonNode> all = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(all::add);
        } else if (!node.isMissingNode()) {
            all.add(node);
        }
        return all;
    }
}
