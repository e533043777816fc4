package dev.pilotlight.domain.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks on one change: what the facts, the specification and the surroundings have against it. Pure. */
public final class Preflight {
    private final long largeImageBytes;

    /**
     * @param largeImageBytes compressed size from which an image is warned about
     */
    public Preflight(long largeImageBytes) {
        this.largeImageBytes = largeImageBytes;
    }

    /**
     * Every finding at once, what fails first.
     *
     * @param facts what was not read is not held against it
     */
    public List<Finding> check(Candidate candidate, Facts facts, Surroundings around) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(new ImageChecks(candidate, largeImageBytes).of(facts.image()));
        findings.addAll(new ModelDataChecks(candidate, facts.image().flatMap(Reading::seen)).of(facts.archive()));
        findings.addAll(new RoleChecks(candidate).of(facts.role()));
        findings.addAll(new SpecChecks(candidate).all());
        findings.addAll(capacity(candidate, facts, around));
        return sorted(findings);
    }

    /** Only what a change of capacity can break: quotas and limits. */
    public List<Finding> capacity(Candidate candidate, Facts facts, Surroundings around) {
        CapacityChecks checks = new CapacityChecks(candidate, around);
        List<Finding> findings = new ArrayList<>(checks.quotas(facts.quotas()));
        findings.addAll(checks.limits());
        return sorted(findings);
    }

    /** Only what an administrator set for the namespace, which nobody there can switch off. */
    public List<Finding> limits(Candidate candidate, Surroundings around) {
        return new CapacityChecks(candidate, around).limits();
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::check))
                .toList();
    }
}
