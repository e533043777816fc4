package dev.pilotlight.api.v1alpha1;

import java.util.List;

/** Builds a {@link ServerlessEndpointStatus} from an earlier one: what is not set again stays, null removes. */
public final class ServerlessEndpointStatusBuilder {
    private Long observedGeneration;
    private List<Condition> conditions;
    private String endpointName;
    private String endpointARN;
    private String accountID;
    private String region;
    private String identity;
    private RevisionStatus revision;
    private EffectiveCapacity effective;
    private String resolvedImage;
    private String variantName;
    private List<RevisionRecord> revisions;
    private List<String> appliedTagKeys;
    private AwsFacts aws;
    private FailedAttempt attempt;
    private ValidationStatus validation;
    private Progress progress;
    private HandledAnnotations handled;
    private String scalableTarget;
    private WarmLedger pastLedger;
    private AdoptionStatus adoption;

    /** Starts from nothing. */
    public ServerlessEndpointStatusBuilder() {}

    /** Starts from {@code before}, which may be null for an object nobody reported on yet. */
    public ServerlessEndpointStatusBuilder(ServerlessEndpointStatus before) {
        if (before == null) {
            return;
        }
        observedGeneration = before.observedGeneration();
        conditions = before.conditions();
        endpointName = before.endpointName();
        endpointARN = before.endpointARN();
        accountID = before.accountID();
        region = before.region();
        identity = before.identity();
        revision = before.revision();
        effective = before.effective();
        resolvedImage = before.resolvedImage();
        variantName = before.variantName();
        revisions = before.revisions();
        appliedTagKeys = before.appliedTagKeys();
        aws = before.aws();
        attempt = before.attempt();
        validation = before.validation();
        progress = before.progress();
        handled = before.handled();
        scalableTarget = before.scalableTarget();
        pastLedger = before.pastLedger();
        adoption = before.adoption();
    }

    /** Sets {@code status.observedGeneration}. */
    public ServerlessEndpointStatusBuilder observedGeneration(Long value) {
        this.observedGeneration = value;
        return this;
    }

    /** Sets {@code status.conditions}. */
    public ServerlessEndpointStatusBuilder conditions(List<Condition> value) {
        this.conditions = value;
        return this;
    }

    /** Sets {@code status.endpointName}. */
    public ServerlessEndpointStatusBuilder endpointName(String value) {
        this.endpointName = value;
        return this;
    }

    /** Sets {@code status.endpointARN}. */
    public ServerlessEndpointStatusBuilder endpointARN(String value) {
        this.endpointARN = value;
        return this;
    }

    /** Sets {@code status.accountID}. */
    public ServerlessEndpointStatusBuilder accountID(String value) {
        this.accountID = value;
        return this;
    }

    /** Sets {@code status.region}. */
    public ServerlessEndpointStatusBuilder region(String value) {
        this.region = value;
        return this;
    }

    /** Sets {@code status.identity}. */
    public ServerlessEndpointStatusBuilder identity(String value) {
        this.identity = value;
        return this;
    }

    /** Sets {@code status.revision}. */
    public ServerlessEndpointStatusBuilder revision(RevisionStatus value) {
        this.revision = value;
        return this;
    }

    /** Sets {@code status.effective}. */
    public ServerlessEndpointStatusBuilder effective(EffectiveCapacity value) {
        this.effective = value;
        return this;
    }

    /** Sets {@code status.resolvedImage}. */
    public ServerlessEndpointStatusBuilder resolvedImage(String value) {
        this.resolvedImage = value;
        return this;
    }

    /** Sets {@code status.variantName}. */
    public ServerlessEndpointStatusBuilder variantName(String value) {
        this.variantName = value;
        return this;
    }

    /** Sets {@code status.revisions}. */
    public ServerlessEndpointStatusBuilder revisions(List<RevisionRecord> value) {
        this.revisions = value;
        return this;
    }

    /** Sets {@code status.appliedTagKeys}. */
    public ServerlessEndpointStatusBuilder appliedTagKeys(List<String> value) {
        this.appliedTagKeys = value;
        return this;
    }

    /** Sets {@code status.aws}. */
    public ServerlessEndpointStatusBuilder aws(AwsFacts value) {
        this.aws = value;
        return this;
    }

    /** Sets {@code status.attempt}. */
    public ServerlessEndpointStatusBuilder attempt(FailedAttempt value) {
        this.attempt = value;
        return this;
    }

    /** Sets {@code status.validation}. */
    public ServerlessEndpointStatusBuilder validation(ValidationStatus value) {
        this.validation = value;
        return this;
    }

    /** Sets {@code status.progress}. */
    public ServerlessEndpointStatusBuilder progress(Progress value) {
        this.progress = value;
        return this;
    }

    /** Sets {@code status.handled}. */
    public ServerlessEndpointStatusBuilder handled(HandledAnnotations value) {
        this.handled = value;
        return this;
    }

    /** Sets {@code status.scalableTarget}. */
    public ServerlessEndpointStatusBuilder scalableTarget(String value) {
        this.scalableTarget = value;
        return this;
    }

    /** Sets {@code status.pastLedger}. */
    public ServerlessEndpointStatusBuilder pastLedger(WarmLedger value) {
        this.pastLedger = value;
        return this;
    }

    /** Sets {@code status.adoption}. */
    public ServerlessEndpointStatusBuilder adoption(AdoptionStatus value) {
        this.adoption = value;
        return this;
    }

    /** The status as it is now. */
    public ServerlessEndpointStatus build() {
        return new ServerlessEndpointStatus(
                observedGeneration,
                conditions,
                endpointName,
                endpointARN,
                accountID,
                region,
                identity,
                revision,
                effective,
                resolvedImage,
                variantName,
                revisions,
                appliedTagKeys,
                aws,
                attempt,
                validation,
                progress,
                handled,
                scalableTarget,
                pastLedger,
                adoption);
    }
}
