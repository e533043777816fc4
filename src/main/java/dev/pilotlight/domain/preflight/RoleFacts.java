package dev.pilotlight.domain.preflight;

/**
 * An IAM role.
 *
 * @param trustsSageMaker whether its trust policy lets {@code sagemaker.amazonaws.com} assume it
 */
public record RoleFacts(boolean trustsSageMaker) {}
