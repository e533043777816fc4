package dev.pilotlight.testing.proxy;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One request to the API server, in Kubernetes' own terms.
 *
 * @param verb get, list, watch, create, update, patch, delete or deletecollection
 * @param resource plural of the kind, such as serverlessendpoints; empty outside of the resource API
 * @param subresource such as status; empty for the object itself
 * @param namespace empty for what is cluster-wide or asked for in all namespaces
 * @param name empty for a collection
 * @param limited whether only a page of the collection is asked for
 */
public record KubeRequest(
        String verb, String resource, String subresource, String namespace, String name, boolean limited) {
    private static final Set<String> READS = Set.of("get", "list", "watch");

    static KubeRequest of(String method, String path, String query) {
        List<String> parts = List.of(path.substring(1).split("/"));
        int prefix = parts.getFirst().equals("apis") ? 3 : 2;
        List<String> rest = parts.size() > prefix ? parts.subList(prefix, parts.size()) : List.of();
        String namespace = "";
        if (rest.size() > 2 && rest.getFirst().equals("namespaces")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String options = query == null ? "" : "&" + query;
        return new KubeRequest(
                verb(method, name, options.contains("&watch=true")),
                rest.isEmpty() ? "" : rest.getFirst(),
                rest.size() > 2 ? rest.get(2) : "",
                namespace,
                name,
                options.contains("&limit="));
    }

    private static String verb(String method, String name, boolean watch) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> watch ? "watch" : name.isEmpty() ? "list" : "get";
        };
    }

    public boolean writes() {
        return !READS.contains(verb);
    }

    /** Writes of the status of that kind. */
    public static Predicate<KubeRequest> statusOf(String resource) {
        return request -> request.writes() && request.resource.equals(resource) && request.subresource.equals("status");
    }

    /** Writes of the objects themselves, such as those of their finalizers. */
    public static Predicate<KubeRequest> writesOf(String resource) {
        return request -> request.writes() && request.resource.equals(resource) && request.subresource.isEmpty();
    }

    /** The lists a watch begins with. */
    public static Predicate<KubeRequest> listsOf(String resource) {
        return request -> request.isWholeList() && request.resource.equals(resource);
    }

    boolean isWholeList() {
        return verb.equals("list") && !limited;
    }
}
