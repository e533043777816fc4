package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.Location;

/** Credentials at work in one account and Region. Sessions are cached by {@link AwsSessions} and safe to share between threads. */
public interface AwsSession {

    Location location();

    Hosting hosting(Priority priority);

    Inference inference();

    ImageRegistry images();

    ModelArchives archives();

    ExecutionRoles roles();

    AccountQuotas quotas();

    AutoScaling autoScaling(Priority priority);

    Metrics metrics();

    PriceLists prices();
}
