package dev.pilotlight.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the shared server when the first test asks for it, and stops it after the last one. */
final class KubeApiExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KubeApi.class);
    private static final String ABSENT =
            "NO KUBE-APISERVER: API-server tests are skipped; run 'make kube' or set PILOTLIGHT_KUBE_DIR";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (binaries(context).isPresent()) {
            return ConditionEvaluationResult.enabled("kube-apiserver found");
        }
        if (isRequired()) {
            throw new IllegalStateException("PILOTLIGHT_REQUIRE_APISERVER is true and no kube-apiserver was found in "
                    + KubeApiBinaries.searched());
        }
        return ConditionEvaluationResult.disabled(ABSENT);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KubeApi.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        KubeApi api = store(context)
                .computeIfAbsent(
                        KubeApi.class, key -> KubeApi.start(binaries(context).orElseThrow()), KubeApi.class);
        return parameter.getParameter().getType() == KubeApi.class ? api : api.admin();
    }

    /** Looked for once per run, so that absence is said once. */
    private static Optional<KubeApiBinaries> binaries(ExtensionContext context) {
        return store(context)
                .computeIfAbsent(
                        Search.class,
                        key -> {
                            var found = KubeApiBinaries.find();
                            if (found.isEmpty() && !isRequired()) {
                                System.err.println("**** " + ABSENT + "; looked in " + KubeApiBinaries.searched());
                            }
                            return new Search(found);
                        },
                        Search.class)
                .found();
    }

    private static boolean isRequired() {
        return "true".equals(System.getenv("PILOTLIGHT_REQUIRE_APISERVER"));
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE);
    }

    private record Search(Optional<KubeApiBinaries> found) {}
}
