package dev.pilotlight.domain.preflight;

import java.util.List;
import java.util.Optional;

/** What an execution role has against it. */
record RoleChecks(Candidate candidate) {

    List<Finding> of(Optional<Reading<RoleFacts>> reading) {
        String role = candidate.model().executionRoleARN();
        if (candidate.isElsewhere(accountOf(role))) {
            return List.of(new Finding(
                    Check.EXECUTION_ROLE_IN_OTHER_ACCOUNT,
                    "role " + role + " is not in the endpoint's account " + candidate.accountID()
                            + ": use a role of that account, AWS takes no other."));
        }
        return reading.map(read -> read(role, read)).orElse(List.of());
    }

    /** The fifth part of an ARN; the schema sees to it that there is one. */
    private static String accountOf(String role) {
        String[] parts = role.split(":", -1);
        return parts.length > 4 ? parts[4] : "";
    }

    private static List<Finding> read(String role, Reading<RoleFacts> reading) {
        return switch (reading) {
            case Reading.Seen<RoleFacts>(RoleFacts facts) ->
                facts.trustsSageMaker()
                        ? List.of()
                        : List.of(
                                new Finding(
                                        Check.EXECUTION_ROLE_TRUST,
                                        "role " + role
                                                + " does not let sagemaker.amazonaws.com assume it: add a statement with that service and sts:AssumeRole to its trust policy."));
            case Reading.Absent<RoleFacts> absent ->
                List.of(new Finding(
                        Check.EXECUTION_ROLE_NOT_FOUND,
                        "role " + role + " does not exist: create it, or correct spec.model.executionRoleARN."));
            case Reading.Refused<RoleFacts>(var failure) ->
                List.of(new Finding(
                        Check.EXECUTION_ROLE_NOT_CHECKED,
                        "role " + role + " could not be read (" + Wording.of(failure)
                                + "): let the role of the AWSIdentity call iam:GetRole on it."));
            case Reading.Unavailable<RoleFacts>(var failure) ->
                List.of(new Finding(
                        Check.EXECUTION_ROLE_NOT_CHECKED,
                        "role " + role + " could not be read (" + Wording.of(failure) + ")."));
        };
    }
}
