package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What runs: the container image, the model archive and the role they run under. Any change here makes a new revision. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelSpec(
        @Required
        @Size(min = 1, max = 255) @JsonPropertyDescription(
                "Inference image in Amazon ECR, with an explicit tag or digest, at most 255 characters. A tag is resolved to a digest once, when the revision is created. AWS limits: at most 10 GB, same account and Region unless AWS publishes the image. Example: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0.")
        String image,

        @Size(min = 1, max = 1024) @JsonPropertyDescription(
                "Amazon S3 URL of the model archive (one .tar.gz), at most 1024 characters, bucket in the endpoint's Region. Omit it when the image contains the model. Example: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz.")
        String modelDataURL,

        @Required
        @Size(min = 20, max = 2048) @JsonPropertyDescription(
                "ARN of the IAM role the container runs under (20 to 2048 characters); the AWSIdentity must allow it. Example: arn:aws:iam::111122223333:role/sagemaker/sentiment.")
        String executionRoleARN,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100) @JsonPropertyDescription(
                "Environment variables of the container, by name. AWS limits: at most 100 variables and 32 KB together. Default: none.")
        List<EnvironmentVariable> environment) {
    public ModelSpec {
        environment = environment == null ? List.of() : List.copyOf(environment);
    }
}
