package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An AWS account and what namespaces may do in it. Cluster-scoped: only administrators write it. */
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message =
                "metadata.name must be a DNS label: at most 63 lower-case letters, digits and inner hyphens, no dots; rename the AWSIdentity")
@Group(Pilotlight.GROUP)
@Version(Pilotlight.VERSION)
@Kind("AWSIdentity")
@Singular("awsidentity")
@Plural("awsidentities")
@ShortNames("awsid")
@Categories(Pilotlight.ADMIN_CATEGORY)
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Status",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Account", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.accountID")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Last-Transition",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].lastTransitionTime",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        priority = 1)
@JsonClassDescription(
        "Access to one AWS account and what the namespaces that use it may do there. Only administrators should be able to write it; an absent or empty list allows nothing.")
public final class AWSIdentity extends CustomResource<AWSIdentitySpec, AWSIdentityStatus> {}
