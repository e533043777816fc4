package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What runs: the container image, the model archive and the role they run under. Any change here makes a new revision. */
@ValidationRule(
        value =
                "self.image.matches('^[a-z0-9.-]+\\\\.[a-z]{2,}(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})$')",
        message =
                "image must be <registry host>/<repository>:<tag> or <registry host>/<repository>@sha256:<digest>, such as 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0: write the host and one tag or digest",
        fieldPath = ".image")
@ValidationRule(
        value =
                "!has(self.modelDataURL) || self.modelDataURL.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/\\\\S+\\\\.tar\\\\.gz$')",
        message =
                "modelDataURL must be s3://<bucket>/<key>.tar.gz: upload the archive to Amazon S3 and give its S3 URL (https is not accepted), or omit the field",
        fieldPath = ".modelDataURL")
@ValidationRule(
        value = "self.executionRoleARN.matches('^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$')",
        message =
                "executionRoleARN must be the ARN of an IAM role, such as arn:aws:iam::111122223333:role/sagemaker/sentiment",
        fieldPath = ".executionRoleARN")
@ValidationRule(
        value = "!has(self.environment) || self.environment.map(e, e.name.size() + e.value.size()).sum() <= 32768",
        message =
                "environment must not exceed 32768 characters over all names and values (AWS limit): move large values into the model archive",
        fieldPath = ".environment")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelSpec(
        @Required
        @Size(max = 255) @JsonPropertyDescription(
                "Inference image in Amazon ECR, with an explicit tag or digest, at most 255 characters. A tag is resolved to a digest once, when the revision is created. AWS limits: at most 10 GB, same account and Region unless AWS publishes the image. Example: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0.")
        String image,

        @Size(max = 1024) @JsonPropertyDescription(
                "Amazon S3 URL of the model archive (one .tar.gz), at most 1024 characters, bucket in the endpoint's Region. Omit it when the image contains the model. Example: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz.")
        String modelDataURL,

        @Required
        @Size(max = 2048) @JsonPropertyDescription(
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
