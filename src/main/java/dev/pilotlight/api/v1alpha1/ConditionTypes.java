package dev.pilotlight.api.v1alpha1;

/** Types of conditions. Those a user need not act on are absent unless they have something to say. */
public final class ConditionTypes {
    /** AWS confirmed that the present generation serves. For an identity: AWS accepts the credentials. */
    public static final String READY = "Ready";

    /** Some revision serves, not necessarily the wanted one. */
    public static final String AVAILABLE = "Available";

    /** Pilotlight is working on it, or waits for something that can pass by itself. */
    public static final String RECONCILING = "Reconciling";

    /** A person must act. It clears by itself once the cause is gone. */
    public static final String STALLED = "Stalled";

    /** The checks made before AWS is changed passed; when False the message has all findings at once. */
    public static final String PREFLIGHT_PASSED = "PreflightPassed";

    /** The wanted revision answered every validation request as expected. */
    public static final String VALIDATED = "Validated";

    /** Capacity alone is being changed. Never a reason for Ready to turn False. */
    public static final String SCALING = "Scaling";

    /** {@code spec.suspend} holds create, update and scaling back. */
    public static final String SUSPENDED = "Suspended";

    /** Another object decides the provisioned concurrency, so the endpoint's own number is not in force. */
    public static final String PROVISIONED_CONCURRENCY_OVERRIDDEN = "ProvisionedConcurrencyOverridden";

    /** The object is being deleted; the message says what is waited for. */
    public static final String TERMINATING = "Terminating";

    /** On an identity: AWS itself keeps the namespaces that use it apart. */
    public static final String NAMESPACE_ISOLATION = "NamespaceIsolation";

    /** The image tag in spec names another digest today than the one that serves. */
    public static final String IMAGE_DRIFTED = "ImageDrifted";

    /** The endpoint was made outside of Pilotlight and taken over; the message says what becomes of it on deletion. */
    public static final String ADOPTED = "Adopted";

    /** On a warm policy: the month costs more than {@code spec.budget}; the message says what is cut, or that nothing is. */
    public static final String BUDGET_EXCEEDED = "BudgetExceeded";

    /** On a warm policy: target tracking or forecast has no metrics to trust, and the last safe capacity is kept. */
    public static final String METRICS_UNAVAILABLE = "MetricsUnavailable";

    private ConditionTypes() {}
}
