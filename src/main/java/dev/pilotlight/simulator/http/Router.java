package dev.pilotlight.simulator.http;

import dev.pilotlight.simulator.wire.AwsService;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells services apart on one port, by what their clients put on the wire. */
final class Router {
    private static final Pattern INVOCATION = Pattern.compile("/endpoints/[^/]+/invocations(-response-stream)?");
    /** Where ECR's presigned URLs lead (AWS docs: the bucket of Amazon ECR's layers). */
    private static final Pattern LAYER = Pattern.compile("/prod-[a-z0-9-]+-starport-layer-bucket/.+");

    private static final Map<String, String> TARGETS = Map.of(
            "SageMaker", "sagemaker",
            "AnyScaleFrontendService", "application-autoscaling",
            "AmazonEC2ContainerRegistry_V20150921", "ecr",
            "ServiceQuotasV20190624", "servicequotas",
            "AWSPriceListService", "pricing",
            "GraniteServiceVersion20100801", "monitoring",
            "Logs_20140328", "logs");

    private final Map<String, AwsService> services = new LinkedHashMap<>();

    Router(List<AwsService> services) {
        for (AwsService service : services) {
            AwsService other = this.services.put(service.name(), service);
            if (other != null) {
                throw new IllegalArgumentException("two services named " + service.name());
            }
        }
    }

    /** Where a request goes: the name of the service, and of the operation where the wire names it. */
    record Route(String service, String operation) {}

    Route route(String path, Map<String, List<String>> headers, Optional<Signature> signature, byte[] body) {
        String target = first(headers, "x-amz-target");
        if (!target.isEmpty()) {
            int dot = target.indexOf('.');
            String prefix = dot < 0 ? target : target.substring(0, dot);
            return new Route(TARGETS.getOrDefault(prefix, prefix), target.substring(dot + 1));
        }
        if (INVOCATION.matcher(path).matches()) {
            return new Route("sagemaker-runtime", "");
        }
        if (LAYER.matcher(path).matches()) {
            return new Route("ecr", "DownloadLayer");
        }
        if (first(headers, "content-type").startsWith("application/x-www-form-urlencoded")) {
            String action = formAction(body);
            if (!action.isEmpty()) {
                return new Route(signature.map(Signature::service).orElse("sts"), action);
            }
        }
        return new Route("s3", "");
    }

    Optional<AwsService> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    private static String formAction(byte[] body) {
        List<String> action = form(new String(body, StandardCharsets.UTF_8)).get("Action");
        return action == null ? "" : action.getFirst();
    }

    /** Decodes {@code a=b&c=d}; a name without a value maps to the empty string. */
    static Map<String, List<String>> form(String encoded) {
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            decoded.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
        }
        return decoded;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? "" : values.getFirst();
    }
}
