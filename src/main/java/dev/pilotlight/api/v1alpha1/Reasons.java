package dev.pilotlight.api.v1alpha1;

/**
 * Reasons of conditions. They are API: scripts and alerts may rely on them, so none changes its meaning. Each says what
 * happened and what to do.
 */
public final class Reasons {
    // Good states and work in progress

    /** AWS confirmed what the spec asks for; nothing to do. */
    public static final String SUCCEEDED = "Succeeded";

    /** A revision serves; nothing to do. */
    public static final String SERVING = "Serving";

    /** No revision serves yet or any more; see the message of Ready. */
    public static final String NOT_SERVING = "NotServing";

    /** The checks before a change are running; wait. */
    public static final String PREFLIGHT = "Preflight";

    /** The model is being created in AWS; wait. */
    public static final String CREATING_MODEL = "CreatingModel";

    /** The endpoint configuration is being created in AWS; wait. */
    public static final String CREATING_ENDPOINT_CONFIG = "CreatingEndpointConfig";

    /** AWS is creating the endpoint, which takes minutes; wait. */
    public static final String CREATING_ENDPOINT = "CreatingEndpoint";

    /** Model and endpoint configuration of a new revision are being made; the present revision serves on. */
    public static final String PREPARING_REVISION = "PreparingRevision";

    /** AWS is moving the endpoint to another revision while the old one serves; wait. */
    public static final String UPDATING_ENDPOINT = "UpdatingEndpoint";

    /** AWS is changing concurrency alone; the endpoint serves meanwhile; wait. */
    public static final String UPDATING_CAPACITY = "UpdatingCapacity";

    /** The endpoint failed and is deleted and created again from the last proven revision; wait. */
    public static final String RECREATING_ENDPOINT = "RecreatingEndpoint";

    /** AWS is busy with the endpoint (SystemUpdating, RollingBack or an operation somebody else started); wait. */
    public static final String WAITING_FOR_ENDPOINT = "WaitingForEndpoint";

    /** Other previews use the free quota of this account and Region; wait, raise the quota, or set spec.rollout.strategy to InPlace. */
    public static final String WAITING_FOR_PREVIEW_SLOT = "WaitingForPreviewSlot";

    /** The new revision is being proven on a temporary endpoint; wait. */
    public static final String PREVIEWING = "Previewing";

    /** Validation requests are running against the new revision; wait. */
    public static final String VALIDATING = "Validating";

    /** The new revision failed and the endpoint goes back to the last proven one; read status.attempt. */
    public static final String ROLLING_BACK = "RollingBack";

    /** An existing endpoint is being taken over; wait. */
    public static final String ADOPTING = "Adopting";

    /** The endpoint was made outside of Pilotlight and is managed now; nothing to do. */
    public static final String ADOPTED = "Adopted";

    /** The step does not apply to this spec; nothing to do. */
    public static final String NOT_NEEDED = "NotNeeded";

    /** The step has not been reached yet; see the message of Ready. */
    public static final String NOT_RUN = "NotRun";

    /** What AWS has equals what is wanted; nothing to do. */
    public static final String UP_TO_DATE = "UpToDate";

    /** spec.suspend is true; set it to false to go on. */
    public static final String SUSPENDED = "Suspended";

    /** The finalizer was dropped on request although AWS was not cleaned up; the event lists what may be left. */
    public static final String ABANDONED = "Abandoned";

    /** The object is being deleted and waits for what the message names. */
    public static final String TERMINATING = "Terminating";

    /** AWS is deleting the endpoint, its configurations and models; wait. */
    public static final String DELETING_ENDPOINT = "DeletingEndpoint";

    /** The object goes because its CustomResourceDefinition does; what it stands for in AWS is kept. */
    public static final String DEFINITION_DELETED = "DefinitionDeleted";

    /** Endpoints still refer to this identity; delete them or point them to another identity. */
    public static final String IN_USE = "InUse";

    /** AWS accepted the credentials of the identity; nothing to do. */
    public static final String ROLE_ASSUMED = "RoleAssumed";

    /** Each namespace has its own session and external id; nothing to do. */
    public static final String SESSION_PER_NAMESPACE = "SessionPerNamespace";

    /** The identity uses the operator's own credentials for all namespaces; use source AssumeRole to keep them apart. */
    public static final String SHARED_CREDENTIALS = "SharedCredentials";

    /** A WarmPolicy decides the provisioned concurrency; edit that policy, or remove it. */
    public static final String OVERRIDDEN_BY_WARM_POLICY = "OverriddenByWarmPolicy";

    /** The WarmPolicy that decided the provisioned concurrency is gone or suspended; its capacity stays a while, nothing to do. */
    public static final String WARM_POLICY_GONE = "WarmPolicyGone";

    /** A window of the WarmPolicy cannot be said in AWS's schedules; the message names it; change it, or use executor Operator. */
    public static final String SCHEDULE_NOT_SUPPORTED = "ScheduleNotSupported";

    // Refused by an administrator's settings

    /** The AWSIdentity named in spec.identityRef does not exist; create it or correct the name. */
    public static final String IDENTITY_NOT_FOUND = "IdentityNotFound";

    /** The AWSIdentity exists but is not Ready; read its conditions. */
    public static final String IDENTITY_NOT_READY = "IdentityNotReady";

    /** The AWSIdentity that is needed to clean up is gone or refused by AWS; restore the role named in the message, or use the abandon annotation. */
    public static final String IDENTITY_UNAVAILABLE = "IdentityUnavailable";

    /** The identity does not allow this namespace; ask an administrator to extend allowedNamespaces. */
    public static final String NAMESPACE_NOT_ALLOWED = "NamespaceNotAllowed";

    /** The operator demands isolation of namespaces and the identity has none; use source AssumeRole. */
    public static final String NAMESPACE_ISOLATION_REQUIRED = "NamespaceIsolationRequired";

    /** The identity does not allow spec.region; use an allowed Region or extend allowedRegions. */
    public static final String REGION_NOT_ALLOWED = "RegionNotAllowed";

    /** The identity does not allow spec.model.executionRoleARN; use an allowed role or extend allowedExecutionRoles. */
    public static final String EXECUTION_ROLE_NOT_ALLOWED = "ExecutionRoleNotAllowed";

    /** The identity does not allow the registry of spec.model.image; use an allowed one or extend allowedImageRegistries. */
    public static final String IMAGE_REGISTRY_NOT_ALLOWED = "ImageRegistryNotAllowed";

    /** The identity does not allow spec.model.modelDataURL; use an allowed prefix or extend allowedModelDataPrefixes. */
    public static final String MODEL_DATA_NOT_ALLOWED = "ModelDataNotAllowed";

    /** The endpoint's name matches no pattern of the identity; set another spec.endpointName at creation or extend endpointNames. */
    public static final String ENDPOINT_NAME_NOT_ALLOWED = "EndpointNameNotAllowed";

    /** The endpoint exists and may not be adopted under this identity; extend adoptableEndpointNames or choose another name. */
    public static final String ADOPTION_NOT_ALLOWED = "AdoptionNotAllowed";

    /** The namespace has used up what the identity's limits grant; free something or raise the limit. */
    public static final String LIMIT_EXCEEDED = "LimitExceeded";

    /** The identity now leads to another AWS account than the endpoint lives in; point spec.identityRef to an identity of the old account. */
    public static final String ACCOUNT_CHANGED = "AccountChanged";

    // Names and ownership

    /** An endpoint of that name exists and belongs to somebody else; choose another spec.endpointName, or adopt it. */
    public static final String NAME_TAKEN = "NameTaken";

    /** The endpoint cannot be adopted (instance-based, several variants, or managed by other tools); the message says which. */
    public static final String NOT_ADOPTABLE = "NotAdoptable";

    /** An earlier object of the same name is still being deleted in AWS; wait. */
    public static final String PREDECESSOR_DELETING = "PredecessorDeleting";

    /** A name or revision in AWS is taken by different content of ours; the message names it; report it and change any field of spec.model. */
    public static final String NAME_COLLISION = "NameCollision";

    // Answers of AWS

    /** AWS refused a call; grant the action named in the message to the identity's role. */
    public static final String ACCESS_DENIED = "AccessDenied";

    /** The operator may not assume the identity's role; check its trust policy and external id, shown in status.externalIDs. */
    public static final String ROLE_NOT_ASSUMABLE = "RoleNotAssumable";

    /** SageMaker cannot assume the execution role; its trust policy must name sagemaker.amazonaws.com. */
    public static final String EXECUTION_ROLE_INVALID = "ExecutionRoleInvalid";

    /** The image does not exist in the registry; push it or correct spec.model.image. */
    public static final String IMAGE_NOT_FOUND = "ImageNotFound";

    /** The registry could not be read, so AWS resolves the image tag itself; grant ecr:DescribeImages to know the digest. */
    public static final String IMAGE_NOT_RESOLVED = "ImageNotResolved";

    /** The image is too large or made for another platform; the message says which limit it breaks. */
    public static final String IMAGE_NOT_SUPPORTED = "ImageNotSupported";

    /** The tag names another digest than the one that serves; push a new tag, or change spec to roll it out. */
    public static final String IMAGE_TAG_MOVED = "ImageTagMoved";

    /** The model archive does not exist or cannot be read; upload it or correct spec.model.modelDataURL. */
    public static final String MODEL_DATA_NOT_FOUND = "ModelDataNotFound";

    /** An AWS quota is used up; free something or ask AWS for more, the message names the quota. */
    public static final String QUOTA_EXCEEDED = "QuotaExceeded";

    /** AWS asks for fewer calls; Pilotlight slows down by itself; wait. */
    public static final String THROTTLED = "Throttled";

    /** AWS does not answer or answers with a fault of its own; Pilotlight tries again; wait. */
    public static final String AWS_UNAVAILABLE = "AWSUnavailable";

    /** AWS refused a value; the message names the field to change. */
    public static final String INVALID_PARAMETER = "InvalidParameter";

    /** AWS could not start the endpoint; the message has AWS's reason, CloudWatch has the container's log. */
    public static final String ENDPOINT_FAILED = "EndpointFailed";

    /** An endpoint that had served failed, was made again once, and failed again; change the spec or set pilotlight.dev/retry. */
    public static final String RECREATION_FAILED = "RecreationFailed";

    /** AWS could not move the endpoint to the new revision, and the old one serves; fix the cause, then change the spec or set pilotlight.dev/retry. */
    public static final String UPDATE_FAILED = "UpdateFailed";

    /** A revision that failed its validation serves, since AWS could not move the endpoint back; fix the cause, then change the spec or set pilotlight.dev/retry. */
    public static final String ROLLBACK_FAILED = "RollbackFailed";

    /** AWS refused the wanted concurrency; change it or raise the quota, then set pilotlight.dev/retry. */
    public static final String CAPACITY_CHANGE_FAILED = "CapacityChangeFailed";

    /** The endpoint was deleted outside Pilotlight; it is created again unless suspended. */
    public static final String ENDPOINT_GONE = "EndpointGone";

    /** Something was changed outside Pilotlight; it is repaired unless suspended. */
    public static final String DRIFT_DETECTED = "DriftDetected";

    // Proof of a revision

    /** A check before the change failed; the message has all findings; fix them or set spec.preflight to Warn. */
    public static final String PREFLIGHT_FAILED = "PreflightFailed";

    /** The checks before the change hold nothing back, but have something to say; read the message. */
    public static final String PASSED_WITH_FINDINGS = "PassedWithFindings";

    /** The revision did not answer a validation request as expected; fix the model or the expectation. */
    public static final String VALIDATION_FAILED = "ValidationFailed";

    /** An expect expression does not compile or is too costly; the message names the request and the position. */
    public static final String INVALID_EXPECTATION = "InvalidExpectation";

    /** No step was reached within spec.rollout.progressDeadlineSeconds; the message says what is waited for. */
    public static final String PROGRESS_DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";

    // Warm policies

    /** The policy decides the provisioned concurrency of its endpoint; nothing to do. */
    public static final String IN_FORCE = "InForce";

    /** The ServerlessEndpoint named in spec.targetRef does not exist in this namespace; create it or correct the name. */
    public static final String TARGET_NOT_FOUND = "TargetNotFound";

    /** The endpoint is being deleted, so there is nothing to keep warm; delete the policy or point it to another endpoint. */
    public static final String TARGET_DELETING = "TargetDeleting";

    /** An older WarmPolicy has the same endpoint; delete one of the two, or suspend the older. */
    public static final String TARGET_TAKEN = "TargetTaken";

    /** A window or exception has a time zone, a cron expression or a day that does not exist; the message names it. */
    public static final String INVALID_SCHEDULE = "InvalidSchedule";

    /** The month would cost more than spec.budget, so capacity is cut; raise the budget or ask for less. */
    public static final String BUDGET_CLAMPED = "BudgetClamped";

    /** The month would cost more than spec.budget, and nothing is cut: onExceeded is Alert, or only what runs in an open window is left to cut. */
    public static final String BUDGET_ALERT = "BudgetAlert";

    /** The price is not known, so the budget cannot be kept; set a budget only where there are prices. */
    public static final String PRICE_UNKNOWN = "PriceUnknown";

    /** CloudWatch cannot be read, has no recent values or has impossible ones; the last safe capacity is kept; see the message. */
    public static final String METRICS_NOT_TRUSTED = "MetricsNotTrusted";

    private Reasons() {}
}
