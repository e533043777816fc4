package dev.pilotlight.simulator.servicequotas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Page;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.simulator.world.HostingLimits.Limits;
import dev.pilotlight.simulator.world.Permissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Service Quotas (awsJson 1.1), read only, for service code {@code sagemaker}. The quota on the memory size of an
 * endpoint is enforced by SageMaker but not listed here, as it is not at AWS (observed publicly).
 */
public final class ServiceQuotasService implements AwsService {
    private static final String SAGEMAKER = "sagemaker";

    /** Codes and names are AWS's (observed publicly); the default values are those of its documentation. */
    private enum Quota {
        TOTAL_CONCURRENCY(
                "L-96300102", "Maximum total concurrency that can be allocated across all serverless endpoints"),
        ENDPOINTS("L-99AD19BF", "Maximum number of serverless endpoints");

        private final String code;
        private final String quotaName;

        Quota(String code, String quotaName) {
            this.code = code;
            this.quotaName = quotaName;
        }

        private int valueIn(Limits limits) {
            return switch (this) {
                case TOTAL_CONCURRENCY -> limits.totalConcurrency();
                case ENDPOINTS -> limits.endpoints();
            };
        }

        ObjectNode describe(Scope scope, Limits limits, boolean applied) {
            ObjectNode node = JsonProtocol.object()
                    .put("ServiceCode", SAGEMAKER)
                    .put("ServiceName", "Amazon SageMaker")
                    .put(
                            "QuotaArn",
                            // An applied quota belongs to an account, a default does not.
                            "arn:aws:servicequotas:" + scope.region() + ":" + (applied ? scope.accountId() : "") + ":"
                                    + SAGEMAKER + "/" + code)
                    .put("QuotaCode", code)
                    .put("QuotaName", quotaName)
                    .put("Value", (double) valueIn(limits))
                    .put("Unit", "None")
                    .put("Adjustable", true)
                    .put("GlobalQuota", false);
            if (applied) {
                node.put("QuotaAppliedAtLevel", "ACCOUNT");
            }
            return node;
        }
    }

    private final HostingLimits limits;
    private final Permissions permissions;

    public ServiceQuotasService(HostingLimits limits, Permissions permissions) {
        this.limits = limits;
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "servicequotas";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return JsonProtocol.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        ObjectNode input = JsonProtocol.read(request);
        String operation = request.operation();
        return switch (operation) {
            case "GetServiceQuota" -> get(request, input, operation, true);
            case "GetAWSDefaultServiceQuota" -> get(request, input, operation, false);
            case "ListServiceQuotas" -> list(request, input, operation, true);
            case "ListAWSDefaultServiceQuotas" -> list(request, input, operation, false);
            default ->
                throw new AwsError(
                        400, "UnknownOperationException", "The simulator has no operation " + operation + ".");
        };
    }

    private AwsResponse get(AwsRequest request, ObjectNode input, String operation, boolean applied) {
        String code = required(input, "QuotaCode");
        require(request, input, operation, "/" + code);
        Quota quota = Arrays.stream(Quota.values())
                .filter(known -> known.code.equals(code))
                .findFirst()
                .orElseThrow(() -> noSuch("The request failed because the specified quota does not exist."));
        ObjectNode output = JsonProtocol.object();
        output.set("Quota", describe(request, quota, applied));
        return JsonProtocol.answer(request, output);
    }

    private AwsResponse list(AwsRequest request, ObjectNode input, String operation, boolean applied) {
        require(request, input, operation, "");
        int most = input.path("MaxResults").asInt(100);
        if (most < 1 || most > 100) {
            throw new AwsError(400, "IllegalArgumentException", "MaxResults must be between 1 and 100");
        }
        ObjectNode output = JsonProtocol.object();
        ArrayNode quotas = output.putArray("Quotas");
        Page<Quota> page = Page.of(
                List.of(Quota.values()),
                quota -> quota.code,
                JsonProtocol.text(input, "NextToken"),
                most,
                () -> new AwsError(
                        400, "InvalidPaginationTokenException", "The specified pagination token is invalid."));
        page.items().forEach(quota -> quotas.add(describe(request, quota, applied)));
        page.next().ifPresent(token -> output.put("NextToken", token));
        return JsonProtocol.answer(request, output);
    }

    private ObjectNode describe(AwsRequest request, Quota quota, boolean applied) {
        Scope scope = request.scope();
        return quota.describe(scope, applied ? limits.of(scope) : Limits.DOCUMENTED, applied);
    }

    private void require(AwsRequest request, ObjectNode input, String operation, String quota) {
        String service = required(input, "ServiceCode");
        String resource = quota.isEmpty()
                ? "*"
                : "arn:aws:servicequotas:" + request.caller().region() + ":"
                        + request.caller().accountId() + ":" + service + quota;
        permissions.require(request.caller(), "servicequotas:" + operation, resource, Map.of());
        if (!service.equals(SAGEMAKER)) {
            throw noSuch("The request failed because the specified service does not exist.");
        }
    }

    private static String required(ObjectNode input, String member) {
        return JsonProtocol.text(input, member)
                .orElseThrow(() -> new AwsError(
                        400,
                        "ValidationException",
                        "1 validation error detected: Value null at '"
                                + (Character.toLowerCase(member.charAt(0)) + member.substring(1))
                                + "' failed to satisfy constraint: Member must not be null"));
    }

    private static AwsError noSuch(String message) {
        return new AwsError(400, "NoSuchResourceException", message);
    }
}
