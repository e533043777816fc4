package dev.pilotlight.simulator.world;

/** The model archives that exist, as the hosting side asks for them. */
public interface ModelArchives {

    /** Whether an {@code s3://bucket/key} object exists. */
    boolean exists(String s3Url);
}
