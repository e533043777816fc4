package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.Location;

/** A session on the AWS SDK. */
record SdkSession(SessionCalls calls, AwsSettings settings) implements AwsSession {

    @Override
    public Location location() {
        return calls.location();
    }

    @Override
    public Hosting hosting(Priority priority) {
        return new SdkHosting(calls, priority);
    }

    @Override
    public Inference inference() {
        return new SdkInference(calls);
    }

    @Override
    public ImageRegistry images() {
        return new SdkImageRegistry(calls, new ImageConfigs(calls, settings));
    }

    @Override
    public ModelArchives archives() {
        return new SdkModelArchives(calls);
    }

    @Override
    public ExecutionRoles roles() {
        return new SdkExecutionRoles(calls);
    }

    @Override
    public AccountQuotas quotas() {
        return new SdkAccountQuotas(calls);
    }

    @Override
    public AutoScaling autoScaling(Priority priority) {
        return new SdkAutoScaling(calls, priority);
    }

    @Override
    public Metrics metrics() {
        return new SdkMetrics(calls);
    }

    @Override
    public PriceLists prices() {
        return new SdkPriceLists(calls);
    }
}
