package dev.pilotlight.replay;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a parameter of a family is drawn from. */
record Range(double from, double to, boolean logarithmic) {
    Range {
        if (!(from <= to) || (logarithmic && from <= 0)) {
            throw new IllegalArgumentException("a range from " + from + " to " + to);
        }
    }

    static Range of(JsonNode node) {
        JsonNode ends = node.has("log") ? node.get("log") : node.get("uniform");
        if (ends == null || ends.size() != 2) {
            throw new IllegalArgumentException("uniform: [from, to] or log: [from, to] is needed, not " + node);
        }
        return new Range(ends.get(0).asDouble(), ends.get(1).asDouble(), node.has("log"));
    }

    double draw(Dice dice) {
        return logarithmic ? Math.exp(dice.uniform(Math.log(from), Math.log(to))) : dice.uniform(from, to);
    }
}
