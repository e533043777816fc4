package dev.pilotlight.simulator.iam;

import dev.pilotlight.simulator.iam.Role.InlinePolicy;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.QueryForm;
import dev.pilotlight.simulator.wire.QueryProtocol;
import dev.pilotlight.simulator.wire.XmlWriter;
import dev.pilotlight.simulator.world.Permissions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Identity and Access Management as far as roles and their inline policies go (query protocol, version 2010-05-08). */
public final class IamService implements AwsService {
    private static final QueryProtocol QUERY = new QueryProtocol("https://iam.amazonaws.com/doc/2010-05-08/");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern PATH = Pattern.compile("/|/[!-~]+/");

    private final RoleStore roles;
    private final Permissions permissions;

    public IamService(RoleStore roles, Permissions permissions) {
        this.roles = roles;
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "iam";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return QUERY.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        QueryForm form = QueryForm.of(request);
        return switch (form.action()) {
            case "CreateRole" -> createRole(request, form);
            case "GetRole" -> {
                Role role = existing(request, form, "iam:GetRole");
                yield QUERY.answer(request, "GetRole", xml -> write(xml, "Role", role));
            }
            case "ListRoles" -> listRoles(request, form);
            case "UpdateAssumeRolePolicy" -> {
                Role role = existing(request, form, "iam:UpdateAssumeRolePolicy");
                String text = form.require("PolicyDocument");
                roles.change(role.accountId(), role.name(), current -> current.withTrust(text));
                yield QUERY.emptyAnswer(request, "UpdateAssumeRolePolicy");
            }
            case "DeleteRole" -> {
                Role role = existing(request, form, "iam:DeleteRole");
                roles.delete(role.accountId(), role.name());
                yield QUERY.emptyAnswer(request, "DeleteRole");
            }
            case "PutRolePolicy" -> putRolePolicy(request, form);
            case "GetRolePolicy" -> getRolePolicy(request, form);
            case "DeleteRolePolicy" -> deleteRolePolicy(request, form);
            case "ListRolePolicies" -> listRolePolicies(request, form);
            default ->
                throw new AwsError(
                        400, "InvalidAction", "Could not find operation " + form.action() + " for version 2010-05-08");
        };
    }

    private AwsResponse createRole(AwsRequest request, QueryForm form) {
        String name = roleName(form);
        String path = form.get("Path").orElse("/");
        if (!PATH.matcher(path).matches() || path.length() > 512) {
            throw invalid("The specified value for path is invalid. It must begin and end with / and contain only "
                    + "alphanumeric characters and/or / characters.");
        }
        int maxSession = number(form, "MaxSessionDuration", Role.DEFAULT_MAX_SESSION_SECONDS, 3600, 43200);
        String accountId = request.caller().accountId();
        require(request, "iam:CreateRole", "arn:aws:iam::" + accountId + ":role" + path + name);
        Map<String, String> tags = new LinkedHashMap<>();
        form.tags("Tags").forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        Role role = roles.create(new RoleStore.NewRole(
                accountId,
                path,
                name,
                form.require("AssumeRolePolicyDocument"),
                form.get("Description").orElse(null),
                maxSession,
                tags));
        return QUERY.answer(request, "CreateRole", xml -> write(xml, "Role", role));
    }

    private AwsResponse listRoles(AwsRequest request, QueryForm form) {
        require(request, "iam:ListRoles", "arn:aws:iam::" + request.caller().accountId() + ":role/");
        String prefix = form.get("PathPrefix").orElse("/");
        Page<Role> page = Page.of(
                roles.list(request.caller().accountId()).stream()
                        .filter(role -> role.path().startsWith(prefix))
                        .toList(),
                Role::name,
                form);
        return QUERY.answer(request, "ListRoles", xml -> {
            xml.open("Roles");
            page.items().forEach(role -> write(xml, "member", role));
            page.end(xml.close());
        });
    }

    private AwsResponse putRolePolicy(AwsRequest request, QueryForm form) {
        Role role = existing(request, form, "iam:PutRolePolicy");
        String policyName = form.require("PolicyName");
        if (!NAME.matcher(policyName).matches() || policyName.length() > 128) {
            throw invalid("The specified value for policyName is invalid. It must contain only alphanumeric characters "
                    + "and/or the following: +=,.@_-");
        }
        InlinePolicy policy = InlinePolicy.of(form.require("PolicyDocument"));
        roles.change(role.accountId(), role.name(), current -> {
            Map<String, InlinePolicy> policies = new LinkedHashMap<>(current.policies());
            policies.put(policyName, policy);
            return current.withPolicies(policies);
        });
        return QUERY.emptyAnswer(request, "PutRolePolicy");
    }

    private AwsResponse getRolePolicy(AwsRequest request, QueryForm form) {
        Role role = existing(request, form, "iam:GetRolePolicy");
        String policyName = existingPolicy(role, form);
        return QUERY.answer(
                request,
                "GetRolePolicy",
                xml -> xml.element("RoleName", role.name())
                        .element("PolicyName", policyName)
                        .element(
                                "PolicyDocument",
                                encoded(role.policies().get(policyName).text())));
    }

    private AwsResponse deleteRolePolicy(AwsRequest request, QueryForm form) {
        Role role = existing(request, form, "iam:DeleteRolePolicy");
        String policyName = existingPolicy(role, form);
        roles.change(role.accountId(), role.name(), current -> {
            Map<String, InlinePolicy> policies = new LinkedHashMap<>(current.policies());
            policies.remove(policyName);
            return current.withPolicies(policies);
        });
        return QUERY.emptyAnswer(request, "DeleteRolePolicy");
    }

    private AwsResponse listRolePolicies(AwsRequest request, QueryForm form) {
        Role role = existing(request, form, "iam:ListRolePolicies");
        List<String> names = List.copyOf(new TreeMap<>(role.policies()).keySet());
        Page<String> page = Page.of(names, name -> name, form);
        return QUERY.answer(request, "ListRolePolicies", xml -> {
            xml.open("PolicyNames");
            page.items().forEach(name -> xml.element("member", name));
            page.end(xml.close());
        });
    }

    private Role existing(AwsRequest request, QueryForm form, String action) {
        String name = roleName(form);
        String accountId = request.caller().accountId();
        String arn = roles.list(accountId).stream()
                .filter(role -> role.name().equalsIgnoreCase(name))
                .map(Role::arn)
                .findFirst()
                .orElse("arn:aws:iam::" + accountId + ":role/" + name);
        require(request, action, arn);
        return roles.get(accountId, name);
    }

    private void require(AwsRequest request, String action, String resource) {
        permissions.require(request.caller(), action, resource, Map.of());
    }

    private static String existingPolicy(Role role, QueryForm form) {
        String policyName = form.require("PolicyName");
        if (!role.policies().containsKey(policyName)) {
            throw new AwsError(404, "NoSuchEntity", "The role policy with name " + policyName + " cannot be found.");
        }
        return policyName;
    }

    private static String roleName(QueryForm form) {
        String name = form.require("RoleName");
        if (!NAME.matcher(name).matches()) {
            throw invalid("The specified value for roleName is invalid. It must contain only alphanumeric characters "
                    + "and/or the following: +=,.@_-");
        }
        if (name.length() > 64) {
            throw invalid("1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must "
                    + "have length less than or equal to 64");
        }
        return name;
    }

    private static int number(QueryForm form, String field, int otherwise, int least, int most) {
        String member = Character.toLowerCase(field.charAt(0)) + field.substring(1);
        String text = form.get(field).orElse(Integer.toString(otherwise));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            boolean low = text.matches("\\d{1,9}") && Integer.parseInt(text) < least;
            throw invalid(("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must "
                            + "have value %s than or equal to %d")
                    .formatted(text, member, low ? "greater" : "less", low ? least : most));
        }
        return Integer.parseInt(text);
    }

    private static void write(XmlWriter xml, String element, Role role) {
        xml.open(element)
                .element("Path", role.path())
                .element("RoleName", role.name())
                .element("RoleId", role.id())
                .element("Arn", role.arn())
                .element("CreateDate", role.created().truncatedTo(ChronoUnit.SECONDS))
                .element("AssumeRolePolicyDocument", encoded(role.trustText()))
                .element("Description", role.description())
                .element("MaxSessionDuration", role.maxSessionSeconds());
        if (!role.tags().isEmpty() && !element.equals("member")) {
            xml.open("Tags");
            role.tags()
                    .forEach((key, value) -> xml.open("member")
                            .element("Key", key)
                            .element("Value", value)
                            .close());
            xml.close();
        }
        xml.close();
    }

    /** IAM returns policy documents percent-encoded as RFC 3986 has it. */
    private static String encoded(String policy) {
        return URLEncoder.encode(policy, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationError", message);
    }

    /** IAM's paging: at most MaxItems (default 100) after the item that Marker names. */
    private record Page<T>(List<T> items, String marker) {

        static <T> Page<T> of(List<T> all, java.util.function.Function<T, String> name, QueryForm form) {
            int most = number(form, "MaxItems", 100, 1, 1000);
            String after = form.get("Marker").orElse("");
            List<T> rest = all.stream()
                    .dropWhile(item -> !after.isEmpty() && name.apply(item).compareToIgnoreCase(after) <= 0)
                    .toList();
            boolean more = rest.size() > most;
            List<T> items = more ? rest.subList(0, most) : rest;
            return new Page<>(items, more ? name.apply(items.getLast()) : null);
        }

        void end(XmlWriter xml) {
            xml.element("IsTruncated", marker != null).element("Marker", marker);
        }
    }
}
