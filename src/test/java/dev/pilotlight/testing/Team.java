package dev.pilotlight.testing;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace of its own, and an AWSIdentity that grants it the seeded role, images and model data. */
public final class Team {
    private final World world;
    private final String namespace;
    private final String identity;

    private Team(World world, String namespace, String identity) {
        this.world = world;
        this.namespace = namespace;
        this.identity = identity;
    }

    /** A new team in the world's cluster. */
    public static Team in(World world) {
        return in(world, world.api().newNamespace("team"));
    }

    /** A team in a namespace that is there. */
    public static Team in(World world, String namespace) {
        Team team = new Team(world, namespace, namespace);
        team.applyIdentity("\"" + namespace + "\"", "{}", "");
        world.settle();
        return team;
    }

    /** Lets the team adopt endpoints of names that match; empty takes the right away. */
    public void mayAdopt(String pattern) {
        applyIdentity("\"" + namespace + "\"", "{}", pattern.isEmpty() ? "" : "\"" + pattern + "\"");
        world.settle();
    }

    /** Takes the right to use its identity away from the team, or gives it back. */
    public void mayUseIdentity(boolean may) {
        applyIdentity(may ? "\"" + namespace + "\"" : "", "{}", "");
        world.settle();
    }

    private void applyIdentity(String namespaces, String limits, String adoptable) {
        applyDocument("""
                {"apiVersion": "pilotlight.dev/v1alpha1", "kind": "AWSIdentity", "metadata": {"name": "%s"}, "spec": {
                  "credentials": {"source": "AssumeRole", "roleARN": "arn:aws:iam::111122223333:role/pilotlight/ml-prod"},
                  "allowedNamespaces": {"names": [%s]},
                  "limits": %s,
                  "allowedRegions": ["us-east-1"],
                  "allowedExecutionRoles": ["arn:aws:iam::111122223333:role/sagemaker/*"],
                  "allowedImageRegistries": ["111122223333.dkr.ecr.us-east-1.amazonaws.com"],
                  "allowedModelDataPrefixes": ["s3://ml-prod-models/"],
                  "adoptableEndpointNames": [%s]}}
                """.formatted(identity, namespaces, limits, adoptable));
    }

    public World world() {
        return world;
    }

    public String namespace() {
        return namespace;
    }

    public String identity() {
        return identity;
    }

    /** Lets another team use this team's identity too, with these limits for each of them. */
    public void shareIdentityWith(Team other, String limits) {
        applyIdentity("\"" + namespace + "\", \"" + other.namespace + "\"", limits, "");
        world.settle();
    }

    /** As {@link #manifest(String)}, with the identity of another team. */
    public EndpointManifest manifest(String name, String identityName) {
        return EndpointManifest.of(namespace, name, identityName);
    }

    public EndpointManifest manifest(String name) {
        return EndpointManifest.of(namespace, name, identity);
    }

    /** Server-side apply, as kubectl does it; the operator has not seen it yet when this returns. */
    public TeamEndpoint apply(EndpointManifest manifest) {
        applyDocument(manifest.json());
        return new TeamEndpoint(this, manifest);
    }

    /** Applies the manifest and turns the clock until AWS confirmed it. */
    public TeamEndpoint serving(EndpointManifest manifest) {
        TeamEndpoint endpoint = apply(manifest);
        endpoint.awaitReady();
        return endpoint;
    }

    HasMetadata applyDocument(String json) {
        KubernetesClient admin = world.api().admin();
        GenericKubernetesResource resource =
                admin.getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
        return admin.resource(resource).fieldManager("team").forceConflicts().serverSideApply();
    }

    ServerlessEndpoint object(String name) {
        return world.endpoint(namespace, name);
    }
}
