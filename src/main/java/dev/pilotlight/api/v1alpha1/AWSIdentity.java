package dev.pilotlight.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An AWS account and what namespaces may do in it. Cluster-scoped: only administrators write it. */
@Group(Pilotlight.GROUP)
@Version(Pilotlight.VERSION)
@Kind("AWSIdentity")
@Singular("awsidentity")
@Plural("awsidentities")
@ShortNames("awsid")
public final class AWSIdentity extends CustomResource<AWSIdentitySpec, AWSIdentityStatus> {}
