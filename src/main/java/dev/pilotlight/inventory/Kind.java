package dev.pilotlight.inventory;

/** The kinds of SageMaker resource that the inventory knows. */
public enum Kind {
    ENDPOINT,
    ENDPOINT_CONFIG,
    MODEL
}
