package dev.pilotlight.domain.hosting;

import java.util.OptionalInt;

/**
 * AWS's ServerlessConfig of a variant.
 *
 * @param memorySizeInMB 1024 to 6144 in steps of 1024
 * @param concurrency the two numbers that may change without a redeploy
 */
public record ServerlessCapacity(int memorySizeInMB, Concurrency concurrency) {

    /**
     * @param max concurrent invocations, 1 to 200
     * @param provisioned containers kept initialised, 0 to {@code max}; 0 stands for a config without ProvisionedConcurrency
     */
    public record Concurrency(int max, int provisioned) {

        /** The value for AWS, which has no zero: empty means the field is left out. */
        public OptionalInt provisionedForAws() {
            return provisioned == 0 ? OptionalInt.empty() : OptionalInt.of(provisioned);
        }

        @Override
        public String toString() {
            return "max " + max + ", provisioned " + provisioned;
        }
    }
}
