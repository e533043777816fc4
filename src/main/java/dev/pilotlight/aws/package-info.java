/**
 * The outside world: ports to the AWS services the operator uses, and their adapters. The only place that imports the AWS SDK.
 *
 * <p>Every call goes through one boundary that limits its rate, measures it, lets a test place a fault, and turns AWS's answer into
 * an {@link dev.pilotlight.domain.failure.AwsFailure} typed by what to do next. The SDK's own retries are off: retry belongs to the
 * next pass of the caller.
 */
package dev.pilotlight.aws;
