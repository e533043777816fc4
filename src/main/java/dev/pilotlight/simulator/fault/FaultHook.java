package dev.pilotlight.simulator.fault;

import dev.pilotlight.simulator.wire.Caller;

/** Asked once at every call boundary. Must be thread safe. */
@FunctionalInterface
public interface FaultHook {

    /** What happens to this call; {@link Fault.None} lets it pass. */
    Fault faultFor(Call call);

    /**
     * @param service signing name, {@code sagemaker-runtime} for InvokeEndpoint
     * @param operation API operation
     * @param caller who called
     * @param number how many calls of this operation there were, this one included; from 1
     */
    record Call(String service, String operation, Caller caller, long number) {

        /** For example {@code sagemaker.CreateEndpoint}. */
        public String name() {
            return service + "." + operation;
        }
    }
}
