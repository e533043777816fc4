package dev.pilotlight.domain.preflight;

import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the specification itself has against it. The schema refuses most of this; objects older than the schema may still have it. */
record SpecChecks(Candidate candidate) {
    private static final int MOST_ENTRIES = 100;
    private static final int LONGEST_ENTRY = 1024;
    private static final int MOST_BYTES = 32 * 1024;

    /** Where Serverless Inference is generally available (AWS docs: the quotas' list of Regions). */
    private static final Set<String> REGIONS = Set.of(
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "af-south-1",
            "ap-east-1",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ca-central-1",
            "eu-central-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "eu-south-1",
            "eu-north-1",
            "me-south-1",
            "sa-east-1");

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        environment(findings);
        if (!REGIONS.contains(candidate.region())) {
            findings.add(new Finding(
                    Check.REGION_NOT_DOCUMENTED,
                    "AWS's guide does not list " + candidate.region()
                            + " among the Regions with Serverless Inference: make sure that it is available there."));
        }
        return findings;
    }

    private void environment(List<Finding> findings) {
        List<EnvironmentVariable> variables = candidate.model().environment();
        if (variables.size() > MOST_ENTRIES) {
            findings.add(new Finding(
                    Check.ENVIRONMENT_ENTRIES,
                    "spec.model.environment has " + variables.size() + " variables, the limit is " + MOST_ENTRIES
                            + ": move some into the model archive."));
        }
        long bytes = 0;
        for (EnvironmentVariable variable : variables) {
            String value = variable.value() == null ? "" : variable.value();
            int longest = Math.max(variable.name().length(), value.length());
            if (longest > LONGEST_ENTRY) {
                findings.add(new Finding(
                        Check.ENVIRONMENT_ENTRY_LENGTH,
                        "environment variable "
                                + variable.name()
                                        .substring(
                                                0, Math.min(64, variable.name().length())) + " has "
                                + longest + " characters in its name or value, the limit is " + LONGEST_ENTRY
                                + ": move the value into the model archive."));
            }
            bytes += variable.name().getBytes(StandardCharsets.UTF_8).length
                    + (long) value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            findings.add(new Finding(
                    Check.ENVIRONMENT_SIZE,
                    "spec.model.environment has " + bytes + " bytes, the limit is " + MOST_BYTES
                            + ": move large values into the model archive."));
        }
    }
}
