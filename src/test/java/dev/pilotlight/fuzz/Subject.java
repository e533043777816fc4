package dev.pilotlight.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.testing.TeamEndpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** One endpoint that serves, and what is done to it. */
final class Subject {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final TeamEndpoint endpoint;
    private final String uri;
    private final ObjectNode good;
    private final String goodRevision;
    private final String endpointName;
    private ObjectNode last;

    /** Takes an endpoint that is Ready with its good spec. */
    Subject(KubernetesClient client, TeamEndpoint endpoint) {
        this.client = client;
        this.endpoint = endpoint;
        this.uri = "/apis/pilotlight.dev/v1alpha1/namespaces/"
                + endpoint.object().getMetadata().getNamespace() + "/serverlessendpoints/" + endpoint.name();
        this.good = (ObjectNode) read().path("spec");
        this.goodRevision = endpoint.deployed();
        this.endpointName = endpoint.endpointName();
        this.last = good;
    }

    String name() {
        return endpoint.name();
    }

    /** Name in AWS. */
    String endpointName() {
        return endpointName;
    }

    ObjectNode good() {
        return good;
    }

    String goodRevision() {
        return goodRevision;
    }

    /** The spec that was sent last. */
    ObjectNode last() {
        return last;
    }

    /**
     * Replaces the spec as {@code kubectl replace} would.
     *
     * @return whether the API server took it; a refusal for any other cause than the spec is thrown
     */
    boolean replace(ObjectNode spec) {
        last = spec;
        while (true) {
            ObjectNode object = read();
            object.set("spec", spec);
            try {
                client.raw(uri + "?fieldValidation=Strict", "PUT", object.toString());
                return true;
            } catch (KubernetesClientException e) {
                switch (e.getCode()) {
                    case BAD_REQUEST, UNPROCESSABLE -> {
                        return false;
                    }
                    case HttpURLConnection.HTTP_CONFLICT -> {
                        // The operator wrote its status in between.
                    }
                    default -> throw e;
                }
            }
        }
    }

    private ObjectNode read() {
        try {
            JsonNode object = JSON.readTree(client.raw(uri));
            return (ObjectNode) object;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
