package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SageMaker's control plane in one account and Region. Every method makes one HTTP request (the listing ones one a page of 100) and
 * throws {@link AwsException}; describing or deleting what is not there is an ordinary answer, not an error.
 */
public interface Hosting {

    Receipt createModel(ModelRequest request);

    Receipt createEndpointConfig(EndpointConfigRequest request);

    Receipt createEndpoint(String name, String configName, Map<String, String> tags);

    Receipt updateEndpoint(String name, String configName);

    /** UpdateEndpointWeightsAndCapacities of one serverless variant: changes concurrency without a redeploy. */
    Receipt updateConcurrency(String endpointName, String variantName, Concurrency concurrency);

    /** Empty receipt ARN; deleting what is not there succeeds. */
    Receipt deleteEndpoint(String name);

    Receipt deleteEndpointConfig(String name);

    Receipt deleteModel(String name);

    Receipt addTags(String arn, Map<String, String> tags);

    Receipt deleteTags(String arn, Set<String> keys);

    Optional<EndpointSnapshot> describeEndpoint(String name);

    Optional<EndpointConfigSnapshot> describeEndpointConfig(String name);

    Optional<ModelSnapshot> describeModel(String name);

    /** Tags of an endpoint, config or model; empty when it does not exist. */
    Optional<Map<String, String>> listTags(String arn);

    /**
     * As {@link #listTags}, of the further resources of a search that was begun. It is ended on credit: given up at each token that is
     * missing and begun anew, it would never end.
     */
    Optional<Map<String, String>> listFurtherTags(String arn);

    /** All endpoints, or those in one status, newest first. */
    List<EndpointSummary> listEndpoints(Optional<EndpointStatus> status);

    /** Names and ARNs of the endpoints, configs or models whose name contains {@code part}. */
    List<NamedResource> listEndpointsContaining(String part);

    List<NamedResource> listEndpointConfigsContaining(String part);

    List<NamedResource> listModelsContaining(String part);

    /** A row of a List call. */
    record NamedResource(String name, String arn) {}
}
