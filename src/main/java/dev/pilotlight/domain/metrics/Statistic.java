package dev.pilotlight.domain.metrics;

/** How CloudWatch makes one value of a period. */
public enum Statistic {
    SUM("Sum"),
    AVERAGE("Average"),
    MAXIMUM("Maximum"),
    SAMPLE_COUNT("SampleCount"),
    P50("p50"),
    P95("p95");

    private final String awsName;

    Statistic(String awsName) {
        this.awsName = awsName;
    }

    /** Stat. */
    public String awsName() {
        return awsName;
    }
}
