package dev.pilotlight.simulator.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the mood of a text by its words. Takes {@code {"text": "..."}} or plain text and answers {@code {"label":
 * "POSITIVE", "score": 0.93}}; the label is POSITIVE, NEGATIVE or NEUTRAL, the score lies between 0 and 1.
 */
final class SentimentModel implements SimulatedModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}']+");
    private static final int REACH_OF_NEGATION = 3;

    private static final Set<String> GOOD = Set.of(
            "good", "great", "excellent", "amazing", "awesome", "love", "loved", "loves", "like", "liked", "nice",
            "happy", "perfect", "wonderful", "fantastic", "best", "better", "enjoy", "enjoyed", "fast", "helpful",
            "recommend", "beautiful", "brilliant", "pleased", "works");
    private static final Set<String> BAD = Set.of(
            "bad", "terrible", "awful", "horrible", "hate", "hated", "hates", "worst", "worse", "poor", "slow", "broken",
            "useless", "sad", "angry", "disappointed", "disappointing", "boring", "ugly", "fails", "failed", "waste",
            "annoying", "problem", "crash", "crashes");
    private static final Set<String> NEGATIONS = Set.of(
            "not", "no", "never", "neither", "without", "hardly", "isn't", "wasn't", "don't", "doesn't", "didn't",
            "can't", "won't", "aren't", "weren't");
    private static final Map<String, Double> STRENGTH = Map.of(
            "very", 1.5, "really", 1.5, "extremely", 2.0, "absolutely", 2.0, "so", 1.3, "quite", 1.2, "slightly", 0.5,
            "somewhat", 0.6);

    @Override
    public Answer answer(String contentType, byte[] body) {
        Optional<String> text = text(contentType, body);
        if (text.isEmpty()) {
            return Answer.json(400, "{\"error\":\"expected {\\\"text\\\": \\\"...\\\"} or text/plain\"}");
        }
        double mood = mood(text.get());
        String label = mood > 0 ? "POSITIVE" : mood < 0 ? "NEGATIVE" : "NEUTRAL";
        double score = mood == 0 ? 0.5 : 1 - 0.5 / (1 + Math.abs(mood) * 2);
        String json = String.format(Locale.ROOT, "{\"label\":\"%s\",\"score\":%.4f}", label, score);
        return Answer.json(200, json);
    }

    private static Optional<String> text(String contentType, byte[] body) {
        if (contentType.startsWith("text/plain")) {
            return Optional.of(new String(body, StandardCharsets.UTF_8));
        }
        try {
            JsonNode text = JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("text");
            return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static double mood(String text) {
        double sum = 0;
        double strength = 1;
        int negated = 0;
        for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (NEGATIONS.contains(word)) {
                negated = REACH_OF_NEGATION;
                continue;
            }
            if (STRENGTH.containsKey(word)) {
                strength *= STRENGTH.get(word);
                continue;
            }
            int sign = GOOD.contains(word) ? 1 : BAD.contains(word) ? -1 : 0;
            sum += sign * strength * (negated > 0 ? -1 : 1);
            strength = 1;
            negated--;
        }
        return sum;
    }
}
