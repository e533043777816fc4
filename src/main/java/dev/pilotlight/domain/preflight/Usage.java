package dev.pilotlight.domain.preflight;

/**
 * What serverless endpoints take, or what a change would add.
 *
 * @param endpoints how many
 * @param concurrency sum of maxConcurrency
 * @param provisioned sum of provisionedConcurrency
 */
public record Usage(int endpoints, int concurrency, int provisioned) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(endpoints + other.endpoints, concurrency + other.concurrency, provisioned + other.provisioned);
    }
}
