package dev.pilotlight.simulator.ecr;

import dev.pilotlight.simulator.wire.AwsError;
import java.util.Optional;

/** Error texts of ECR, as observed publicly. */
final class EcrErrors {
    private EcrErrors() {}

    static AwsError repositoryNotFound(String name, String registryId) {
        return new AwsError(
                400,
                "RepositoryNotFoundException",
                "The repository with name '%s' does not exist in the registry with id '%s'"
                        .formatted(name, registryId));
    }

    static AwsError repositoryExists(Repository repository) {
        return new AwsError(
                400,
                "RepositoryAlreadyExistsException",
                "The repository with name '%s' already exists in the registry with id '%s'"
                        .formatted(repository.name(), repository.registryId()));
    }

    static AwsError repositoryNotEmpty(Repository repository) {
        return new AwsError(
                400,
                "RepositoryNotEmptyException",
                ("The repository with name '%s' in registry with id '%s' cannot be deleted because it still contains"
                                + " images")
                        .formatted(repository.name(), repository.registryId()));
    }

    static AwsError imageNotFound(Repository repository, Optional<String> digest, Optional<String> tag) {
        return new AwsError(
                400,
                "ImageNotFoundException",
                ("The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with"
                                + " name '%s' in the registry with id '%s'")
                        .formatted(
                                digest.orElse("null"), tag.orElse("null"), repository.name(), repository.registryId()));
    }

    static AwsError layerNotFound(Repository repository, String digest) {
        return new AwsError(
                400,
                "LayersNotFoundException",
                "The layer with digest '%s' does not exist in the repository with name '%s' in registry with id '%s'"
                        .formatted(digest, repository.name(), repository.registryId()));
    }

    static AwsError invalidParameter(String parameter, String why) {
        return new AwsError(
                400,
                "InvalidParameterException",
                "Invalid parameter at '%s' failed to satisfy constraint: '%s'".formatted(parameter, why));
    }
}
