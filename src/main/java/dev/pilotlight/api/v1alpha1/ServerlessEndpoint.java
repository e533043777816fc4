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

/** A model served by Amazon SageMaker Serverless Inference. */
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message =
                "metadata.name must be a DNS label: at most 63 lower-case letters, digits and inner hyphens, no dots; rename the ServerlessEndpoint")
@Group(Pilotlight.GROUP)
@Version(Pilotlight.VERSION)
@Kind("ServerlessEndpoint")
@Singular("serverlessendpoint")
@Plural("serverlessendpoints")
@ShortNames("sep")
@Categories(Pilotlight.CATEGORY)
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Status",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(
        name = "Revision",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.revision.deployed")
@AdditionalPrinterColumn(
        name = "Memory",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.effective.memorySizeInMB")
@AdditionalPrinterColumn(
        name = "Concurrency",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.effective.maxConcurrency")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Endpoint",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.endpointName",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Region",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.region",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Identity",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.identityRef.name",
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
        "A model served by Amazon SageMaker Serverless Inference: the container, the model archive, memory and concurrency, and how a new revision is proven before it serves.")
public final class ServerlessEndpoint extends CustomResource<ServerlessEndpointSpec, ServerlessEndpointStatus>
        implements Namespaced {}
