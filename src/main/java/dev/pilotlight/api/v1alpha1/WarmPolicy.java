package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** When, and by how much, a {@link ServerlessEndpoint} is kept warm. */
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message =
                "metadata.name must be a DNS label: at most 63 lower-case letters, digits and inner hyphens, no dots; rename the WarmPolicy")
@Group(Pilotlight.GROUP)
@Version(Pilotlight.VERSION)
@Kind("WarmPolicy")
@Singular("warmpolicy")
@Plural("warmpolicies")
@ShortNames("warm")
@Categories(Pilotlight.CATEGORY)
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Status",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Target", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.targetRef.name")
@AdditionalPrinterColumn(
        name = "Warm",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.demand.provisionedConcurrency")
@AdditionalPrinterColumn(
        name = "Source",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.demand.source")
@AdditionalPrinterColumn(name = "Next", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.next.at")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Next-Warm",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.next.provisionedConcurrency",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Min",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.demand.range.min",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Max",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.demand.range.max",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Clamped-By",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.demand.clampedBy",
        priority = 1)
@AdditionalPrinterColumn(
        name = "USD",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.ledger.usd",
        priority = 1)
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
        "When, and by how much, a ServerlessEndpoint is kept warm: windows, target tracking, forecast, pings and a budget in one object.")
public final class WarmPolicy extends CustomResource<WarmPolicySpec, WarmPolicyStatus> implements Namespaced {}
