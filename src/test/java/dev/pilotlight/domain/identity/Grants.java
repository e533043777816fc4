package dev.pilotlight.domain.identity;

import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.api.v1alpha1.AllowedNamespaces;
import dev.pilotlight.api.v1alpha1.CredentialsSource;
import dev.pilotlight.api.v1alpha1.CredentialsSpec;
import dev.pilotlight.api.v1alpha1.NamespaceSelector;
import java.util.List;
import java.util.Map;

/** Builds grants for tests; starts from one that allows {@link #CLAIM} to {@link #NAMESPACE}. */
final class Grants {
    static final TenantNamespace NAMESPACE = new TenantNamespace("ml-prod", Map.of());
    static final String HOST = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
    static final String ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";
    static final GrantClaim CLAIM = new GrantClaim(
            "us-east-1",
            "ml-prod-sentiment",
            HOST + "/sentiment:1.4.0",
            "s3://ml-prod-models/sentiment/1.4.0/model.tar.gz",
            ROLE);

    private AllowedNamespaces namespaces = new AllowedNamespaces(List.of("ml-prod"), null);
    private List<String> regions = List.of("us-east-1");
    private List<String> roles = List.of("arn:aws:iam::111122223333:role/sagemaker/*");
    private List<String> registries = List.of(HOST);
    private List<String> prefixes = List.of("s3://ml-prod-models/");
    private List<String> names = List.of();
    private List<String> adoptable = List.of();

    static Grants grants() {
        return new Grants();
    }

    Grants namespaces(List<String> allowed, NamespaceSelector selector) {
        namespaces = new AllowedNamespaces(allowed, selector);
        return this;
    }

    Grants noNamespaces() {
        namespaces = null;
        return this;
    }

    Grants regions(String... allowed) {
        regions = List.of(allowed);
        return this;
    }

    Grants roles(String... allowed) {
        roles = List.of(allowed);
        return this;
    }

    Grants registries(String... allowed) {
        registries = List.of(allowed);
        return this;
    }

    Grants prefixes(String... allowed) {
        prefixes = List.of(allowed);
        return this;
    }

    Grants names(String... allowed) {
        names = List.of(allowed);
        return this;
    }

    Grants adoptable(String... allowed) {
        adoptable = List.of(allowed);
        return this;
    }

    IdentityGrant build() {
        return IdentityGrant.of(
                "ml-prod",
                new AWSIdentitySpec(
                        new CredentialsSpec(
                                CredentialsSource.ASSUME_ROLE, "arn:aws:iam::111122223333:role/pilotlight/ml-prod"),
                        namespaces,
                        regions,
                        roles,
                        registries,
                        prefixes,
                        names,
                        adoptable,
                        null,
                        List.of()));
    }
}
