package dev.pilotlight.domain.identity;

import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.api.v1alpha1.Reasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers whether an AWSIdentity lets a namespace use what an endpoint asks for. All matching of allow-lists is here and in the
 * package-private forms beside it.
 *
 * <p>A value is first brought to its plain form; what has none is refused whatever the list says. Then the rules are: Regions exact;
 * execution roles exact or one trailing {@code *} directly after a {@code /}; image registries by exact host, which is everything
 * before the first {@code /}; model data by bucket and whole key segments; endpoint names by pattern, without regard to case. An absent
 * or empty list allows nothing, except that {@code endpointNames} has a default.
 *
 * <p>A pattern cannot keep apart namespaces whose names begin alike: <code>{namespace}-*</code> lets {@code ml} take the name
 * {@code ml-prod-x}. Ownership tags still protect what exists; administrators who need more name the patterns themselves.
 */
public final class IdentityGrant {
    private static final String ADMIN = "ask an administrator to ";

    private final String identity;
    private final NamespaceRule namespaces;
    private final List<String> regions;
    private final List<String> executionRoles;
    private final List<String> imageRegistries;
    private final List<S3Location> modelDataPrefixes;
    private final List<NamePattern> endpointNames;
    private final List<NamePattern> adoptableEndpointNames;
    private final Optional<String> accountID;

    private IdentityGrant(String identity, AWSIdentitySpec spec) {
        this.identity = "AWSIdentity " + PlainForms.shown(identity);
        this.namespaces = NamespaceRule.of(spec.allowedNamespaces());
        this.regions = spec.allowedRegions();
        this.executionRoles = spec.allowedExecutionRoles();
        this.imageRegistries = spec.allowedImageRegistries();
        this.modelDataPrefixes = spec.allowedModelDataPrefixes().stream()
                .flatMap(prefix -> S3Location.prefix(prefix).stream())
                .toList();
        this.endpointNames =
                spec.endpointNamesOrDefault().stream().map(NamePattern::new).toList();
        this.adoptableEndpointNames =
                spec.adoptableEndpointNames().stream().map(NamePattern::new).toList();
        this.accountID = Optional.ofNullable(spec.credentials())
                .flatMap(credentials -> RoleArn.parse(credentials.roleARN()))
                .map(RoleArn::accountID);
    }

    /** The grant of the identity with that name. */
    public static IdentityGrant of(String identityName, AWSIdentitySpec spec) {
        return new IdentityGrant(identityName, spec);
    }

    /**
     * Everything this identity does not allow about the claim, all at once; empty means allowed. A namespace that may not use the
     * identity gets that answer alone, and learns nothing about the lists.
     */
    public List<Refusal> refusals(TenantNamespace namespace, GrantClaim claim) {
        Optional<Refusal> foreign = refuseNamespace(namespace);
        if (foreign.isPresent()) {
            return List.of(foreign.get());
        }
        List<Refusal> refusals = new ArrayList<>();
        refuseRegion(claim).ifPresent(refusals::add);
        refuseEndpointName(namespace, claim).ifPresent(refusals::add);
        refuseImage(claim).ifPresent(refusals::add);
        refuseModelData(claim).ifPresent(refusals::add);
        refuseExecutionRole(claim).ifPresent(refusals::add);
        return List.copyOf(refusals);
    }

    /** Whether the namespace may use this identity at all; empty means yes. */
    public Optional<Refusal> refuseNamespace(TenantNamespace namespace) {
        if (namespaces.allows(namespace)) {
            return Optional.empty();
        }
        String name = PlainForms.shown(namespace.name());
        return refusal(
                Reasons.NAMESPACE_NOT_ALLOWED,
                "spec.identityRef.name",
                "namespace %s is neither named nor selected by allowedNamespaces of %s: use another identity, or %sallow the namespace"
                        .formatted(name, identity, ADMIN));
    }

    /** Whether an existing endpoint of that name may be taken over; empty means yes. The name must be allowed by itself as well. */
    public Optional<Refusal> refuseAdoption(TenantNamespace namespace, String endpointName) {
        if (PlainForms.isEndpointName(endpointName) && matchesAny(adoptableEndpointNames, endpointName, namespace)) {
            return Optional.empty();
        }
        return refusal(
                Reasons.ADOPTION_NOT_ALLOWED,
                "spec.adoptionPolicy",
                "endpoint %s matches no pattern in adoptableEndpointNames of %s: choose another spec.endpointName, or %sadd a pattern"
                        .formatted(PlainForms.shown(endpointName), identity, ADMIN));
    }

    private Optional<Refusal> refuseRegion(GrantClaim claim) {
        if (PlainForms.isRegion(claim.region()) && regions.contains(claim.region())) {
            return Optional.empty();
        }
        return refusal(
                Reasons.REGION_NOT_ALLOWED,
                "spec.region",
                "Region %s is not in allowedRegions of %s: create the endpoint in an allowed Region, or %sadd this one"
                        .formatted(PlainForms.shown(claim.region()), identity, ADMIN));
    }

    private Optional<Refusal> refuseEndpointName(TenantNamespace namespace, GrantClaim claim) {
        String name = claim.endpointName();
        if (PlainForms.isEndpointName(name) && matchesAny(endpointNames, name, namespace)) {
            return Optional.empty();
        }
        return refusal(
                Reasons.ENDPOINT_NAME_NOT_ALLOWED,
                "spec.endpointName",
                "endpoint name %s matches no pattern in endpointNames of %s: create the endpoint with a matching spec.endpointName, or %sadd a pattern"
                        .formatted(PlainForms.shown(name), identity, ADMIN));
    }

    private Optional<Refusal> refuseImage(GrantClaim claim) {
        Optional<String> host = ImageReference.parse(claim.image()).map(ImageReference::host);
        if (host.filter(imageRegistries::contains).isPresent()) {
            return Optional.empty();
        }
        String why = host.map(registry ->
                        "registry %s is not in allowedImageRegistries of %s: use an image from an allowed registry, or %sadd the host"
                                .formatted(PlainForms.shown(registry), identity, ADMIN))
                .orElseGet(() ->
                        "image %s is not of the form registry/repository:tag or registry/repository@digest, so it cannot be held against allowedImageRegistries of %s: write it in full"
                                .formatted(PlainForms.shown(claim.image()), identity));
        return refusal(Reasons.IMAGE_REGISTRY_NOT_ALLOWED, "spec.model.image", why);
    }

    private Optional<Refusal> refuseModelData(GrantClaim claim) {
        if (claim.modelDataURL() == null) {
            return Optional.empty();
        }
        Optional<S3Location> object = S3Location.object(claim.modelDataURL());
        if (object.filter(o -> modelDataPrefixes.stream().anyMatch(o::under)).isPresent()) {
            return Optional.empty();
        }
        String why = object.isPresent()
                ? "%s is under no prefix in allowedModelDataPrefixes of %s: move the archive under an allowed prefix, or %sadd one that ends in /"
                        .formatted(PlainForms.shown(claim.modelDataURL()), identity, ADMIN)
                : "%s is not a plain s3://bucket/key (no .. or empty segments, no %%-encoding, query, blanks or non-ASCII characters), so it cannot be held against allowedModelDataPrefixes of %s: rename the object"
                        .formatted(PlainForms.shown(claim.modelDataURL()), identity);
        return refusal(Reasons.MODEL_DATA_NOT_ALLOWED, "spec.model.modelDataURL", why);
    }

    private Optional<Refusal> refuseExecutionRole(GrantClaim claim) {
        String shown = PlainForms.shown(claim.executionRoleARN());
        Optional<RoleArn> parsed = RoleArn.parse(claim.executionRoleARN());
        String why;
        if (parsed.isEmpty()) {
            why =
                    "%s is not the ARN of one IAM role, so it cannot be held against allowedExecutionRoles of %s: write arn:aws:iam::ACCOUNT:role/NAME"
                            .formatted(shown, identity);
        } else if (executionRoles.stream().noneMatch(parsed.get()::coveredBy)) {
            why = "role %s is not in allowedExecutionRoles of %s: use an allowed role, or %sadd this one"
                    .formatted(shown, identity, ADMIN);
        } else if (accountID.isPresent() && !accountID.get().equals(parsed.get().accountID())) {
            why =
                    "role %s is in account %s but %s leads to account %s: use a role of the endpoint's own account, AWS takes no other"
                            .formatted(shown, parsed.get().accountID(), identity, accountID.get());
        } else if (PlainForms.isRegion(claim.region())
                && !parsed.get().partition().equals(PlainForms.partitionOf(claim.region()))) {
            why =
                    "role %s is in partition %s but Region %s is in partition %s, although allowedExecutionRoles of %s has it: use a role of the Region's partition"
                            .formatted(
                                    shown,
                                    parsed.get().partition(),
                                    PlainForms.shown(claim.region()),
                                    PlainForms.partitionOf(claim.region()),
                                    identity);
        } else {
            return Optional.empty();
        }
        return refusal(Reasons.EXECUTION_ROLE_NOT_ALLOWED, "spec.model.executionRoleARN", why);
    }

    private static boolean matchesAny(List<NamePattern> patterns, String endpointName, TenantNamespace namespace) {
        return PlainForms.isDnsLabel(namespace.name())
                && patterns.stream().anyMatch(pattern -> pattern.matches(endpointName, namespace.name()));
    }

    private static Optional<Refusal> refusal(String reason, String field, String why) {
        return Optional.of(new Refusal(reason, field, field + ": " + why + "."));
    }
}
