package dev.pilotlight.aws;

import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What AssumeRole answered. */
record RoleSession(String accountID, AwsSessionCredentials credentials, Instant expires) {}
