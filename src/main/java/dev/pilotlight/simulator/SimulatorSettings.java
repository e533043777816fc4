package dev.pilotlight.simulator;

import dev.pilotlight.simulator.runtime.InvocationSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a simulator starts.
 *
 * @param bindAddress address to listen on; the loopback address unless somebody wants otherwise, for the simulator
 *     verifies no signature
 * @param port TCP port, 0 for a free one
 * @param accountId account of access keys the simulator did not issue, and of the default seed; 12 digits
 * @param region Region of the default seed
 * @param clock the simulator's time; empty for one that runs {@code speed} times as fast as the wall clock
 * @param speed used when no clock is given, above 0
 * @param seedFile JSON file to seed the world from, besides the default seed; see {@code world.Seedable}
 * @param defaultSeed whether what the samples name exists from the start
 * @param enforcePolicies whether a role without any policy may do nothing, as AWS has it; a role that has policies is
 *     always held to them
 * @param seed makes random durations and faults repeatable
 * @param limits account-level quotas of accounts that were given none of their own
 * @param hosting states, durations and consistency of SageMaker hosting
 * @param invocation containers, latencies and their law
 */
public record SimulatorSettings(
        String bindAddress,
        int port,
        String accountId,
        String region,
        Optional<SimulatorClock> clock,
        double speed,
        Optional<Path> seedFile,
        boolean defaultSeed,
        boolean enforcePolicies,
        long seed,
        HostingLimits.Limits limits,
        HostingSettings hosting,
        InvocationSettings invocation) {

    public SimulatorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, was " + port);
        }
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("account must have 12 digits, was " + accountId);
        }
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0, was " + speed);
        }
    }

    /** A free port, real time, account 111122223333, us-east-1, AWS's documented quotas, everything consistent. */
    public static SimulatorSettings defaults() {
        return builder().build();
    }

    /** Starts from {@link #defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Says only what differs from the defaults. */
    public static final class Builder {
        private String bindAddress = "127.0.0.1";
        private int port = 0;
        private String accountId = "111122223333";
        private String region = "us-east-1";
        private SimulatorClock clock;
        private double speed = 1;
        private Path seedFile;
        private boolean defaultSeed = true;
        private boolean enforcePolicies;
        private long seed = 1;
        private HostingLimits.Limits limits = HostingLimits.Limits.DOCUMENTED;
        private HostingSettings hosting = HostingSettings.defaults();
        private InvocationSettings invocation = InvocationSettings.defaults();

        private Builder() {}

        public Builder bindAddress(String value) {
            this.bindAddress = value;
            return this;
        }

        public Builder port(int value) {
            this.port = value;
            return this;
        }

        public Builder accountId(String value) {
            this.accountId = value;
            return this;
        }

        public Builder region(String value) {
            this.region = value;
            return this;
        }

        public Builder clock(SimulatorClock value) {
            this.clock = value;
            return this;
        }

        public Builder speed(double value) {
            this.speed = value;
            return this;
        }

        public Builder seedFile(Path value) {
            this.seedFile = value;
            return this;
        }

        public Builder defaultSeed(boolean value) {
            this.defaultSeed = value;
            return this;
        }

        public Builder enforcePolicies(boolean value) {
            this.enforcePolicies = value;
            return this;
        }

        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        public Builder limits(HostingLimits.Limits value) {
            this.limits = value;
            return this;
        }

        public Builder hosting(HostingSettings value) {
            this.hosting = value;
            return this;
        }

        public Builder invocation(InvocationSettings value) {
            this.invocation = value;
            return this;
        }

        public SimulatorSettings build() {
            return new SimulatorSettings(
                    bindAddress, port, accountId, region, Optional.ofNullable(clock), speed, Optional.ofNullable(seedFile), defaultSeed, enforcePolicies, seed, limits, hosting, invocation);
        }
    }
}
