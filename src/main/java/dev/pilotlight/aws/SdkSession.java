package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.Location;

/** A session on the AWS SDK. */
record SdkSession(SessionCalls calls) implements AwsSession {

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
        return new SdkImageRegistry(calls);
    }
}
