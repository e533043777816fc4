package dev.pilotlight.simulator.world;

/** The IAM roles that exist, as the hosting side asks for them. */
public interface Roles {

    /** Whether the role exists and lets the given service principal ({@code sagemaker.amazonaws.com}) assume it. */
    boolean trusts(String roleArn, String servicePrincipal);
}
