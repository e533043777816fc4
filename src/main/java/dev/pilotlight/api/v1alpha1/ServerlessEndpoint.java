package dev.pilotlight.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A model served by Amazon SageMaker Serverless Inference. */
@Group(Pilotlight.GROUP)
@Version(Pilotlight.VERSION)
@Kind("ServerlessEndpoint")
@Singular("serverlessendpoint")
@Plural("serverlessendpoints")
@ShortNames("sep")
public final class ServerlessEndpoint extends CustomResource<ServerlessEndpointSpec, ServerlessEndpointStatus>
        implements Namespaced {}
