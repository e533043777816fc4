package dev.pilotlight.domain.hosting;

/** Something in AWS that carries our tags, as found by name and tag. */
public record OwnedResource(Kind kind, String name, String arn, Ownership owner) {

    /** The three SageMaker resources of a serverless endpoint. */
    public enum Kind {
        ENDPOINT,
        ENDPOINT_CONFIG,
        MODEL
    }
}
