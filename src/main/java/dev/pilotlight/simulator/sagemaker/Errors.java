package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.wire.AwsError;
import java.util.Set;

/**
 * The texts of SageMaker's hosting errors. They were observed publicly, unless a method says that its text is assumed:
 * then only the situation is documented and AWS may word it differently.
 */
final class Errors {
    /** Errors the service model declares carry {@code Message}, the others {@code message}. */
    private static final Set<String> MODELLED =
            Set.of("ResourceLimitExceeded", "ResourceInUse", "ResourceNotFound", "ConflictException");

    private Errors() {}

    static String messageField(AwsError error) {
        return MODELLED.contains(error.code()) ? "Message" : "message";
    }

    static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError notFound(Kind kind, String arn) {
        return validation("Could not find " + kind.words() + " \"" + arn + "\".");
    }

    /** Observed for endpoints and endpoint configurations; for models assumed by analogy. */
    static AwsError exists(Kind kind, String arn) {
        return validation("Cannot create already existing " + kind.words() + " \"" + arn + "\".");
    }

    static AwsError inProgress(String endpointArn) {
        return validation("Cannot update in-progress endpoint \"" + endpointArn + "\".");
    }

    /** Observed text; with which code it comes was not shown. */
    static AwsError scalableTarget() {
        return validation(
                "An Application AutoScaling scalable target exists for a variant being deleted, and the IAM identity"
                        + " used to invoke DeleteEndpoint does not have application-autoscaling:DeregisterScalableTarget permission"
                        + " to deregister the scalable target.");
    }

    /** Assumed text. AWS docs: a failed endpoint can only be deleted. */
    static AwsError failed(String endpointArn, String status) {
        return validation("Cannot update endpoint \"" + endpointArn + "\" in status " + status + ".");
    }

    /** Observed for transform jobs. */
    static AwsError roleNotAssumable(String roleArn) {
        return validation(
                "Could not assume role " + roleArn
                        + ". Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.");
    }

    static AwsError modelDataMissing(String url, String roleArn, String region) {
        return validation("Could not access model data at " + url + ". Please ensure that the role \"" + roleArn
                + "\" exists and that its trust relationship policy allows the action \"sts:AssumeRole\" for the service"
                + " principal \"sagemaker.amazonaws.com\". Also ensure that the role has \"s3:GetObject\" permissions and"
                + " that the object is located in " + region
                + ". If your Model uses multiple models or uncompressed models, please ensure that the role has"
                + " \"s3:ListBucket\" permission.");
    }

    /**
     * The frame of the text was observed; which unit AWS writes after counts of serverless endpoints and concurrency is
     * assumed.
     */
    static AwsError quota(String name, String unit, long limit, long used, long delta) {
        return new AwsError(
                400,
                "ResourceLimitExceeded",
                "The account-level service limit '" + name + "' is " + limit + " " + unit
                        + ", with current utilization of "
                        + used + " " + unit + " and a request delta of " + delta + " " + unit
                        + ". Please use AWS Service Quotas to request an increase for this quota. If AWS Service Quotas is"
                        + " not available, contact AWS support to request an increase for this quota.");
    }

    /** Assumed text. AWS docs: this feature cannot be used with serverless endpoints. */
    static AwsError notServerless(String feature) {
        return validation(feature + " is not supported for serverless endpoints.");
    }

    /** Assumed text. AWS docs: memory sizes are 1024, 2048, 3072, 4096, 5120 and 6144 MB. */
    static AwsError memorySize(int memory) {
        return validation("MemorySizeInMB " + memory + " is not one of 1024, 2048, 3072, 4096, 5120, 6144.");
    }

    /** Assumed text. AWS docs: provisioned concurrency is at most the maximum concurrency. */
    static AwsError provisionedAboveMax(int provisioned, int max) {
        return validation(
                "ProvisionedConcurrency " + provisioned + " must be less than or equal to MaxConcurrency " + max + ".");
    }

    /** Assumed text. AWS docs: an instance-based endpoint cannot become serverless. */
    static AwsError instancesToServerless(String endpointArn) {
        return validation(
                "Cannot update instance-based endpoint \"" + endpointArn + "\" to a serverless configuration.");
    }

    /** Assumed text. */
    static AwsError tooManyTags(String arn) {
        return validation("Resource \"" + arn + "\" cannot have more than 50 tags.");
    }

    /** Assumed text. */
    static AwsError badToken() {
        return validation("Invalid NextToken.");
    }
}
