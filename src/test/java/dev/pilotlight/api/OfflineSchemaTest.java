package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.domain.schema.ObjectSchema;
import dev.pilotlight.domain.schema.Violation;
import dev.pilotlight.domain.warm.forecast.RecommendedWindow;
import dev.pilotlight.domain.warm.schedule.Schedule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link SpecRefusalsApiServerTest} shows of the API server holds without one: the same tables, the same verdicts, the same texts. */
final class OfflineSchemaTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String ENDPOINTS = "serverlessendpoints";
    private static final String IDENTITIES = "awsidentities";
    private static final String POLICIES = "warmpolicies";

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#refusedEndpoints")
    void aWrongEndpointIsRefused(SpecCases.Refused refused) {
        assertRefused(ENDPOINTS, Manifests.endpoint("team", "wrong"), Optional.empty(), refused);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.IdentityCases#refusedIdentities")
    void aWrongIdentityIsRefused(SpecCases.Refused refused) {
        assertRefused(IDENTITIES, Manifests.identity("wrong"), Optional.empty(), refused);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.WarmCases#refusedPolicies")
    void aWrongPolicyIsRefused(SpecCases.Refused refused) {
        assertRefused(POLICIES, Manifests.warmPolicy("team", "wrong"), Optional.empty(), refused);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.WarmCases#acceptedPolicies")
    void aRightPolicyIsAccepted(SpecCases.Accepted accepted) {
        assertThat(check(
                        POLICIES,
                        Manifests.patched(Manifests.warmPolicy("team", "right"), accepted.patch()),
                        Optional.empty()))
                .isEmpty();
    }

    /** What status.forecast shows can be put into a spec as it is: every kind of window there can be, in the YAML that kubectl prints. */
    @Test
    void whatAForecastRecommendsIsAcceptedAsASpec() throws IOException {
        List<WarmWindow> windows = new ArrayList<>();
        for (Set<DayOfWeek> days : List.of(
                Set.of(DayOfWeek.values()),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                Set.of(DayOfWeek.SUNDAY))) {
            for (LocalTime end : List.of(LocalTime.of(8, 15), LocalTime.MIDNIGHT)) {
                LocalTime start = end.equals(LocalTime.MIDNIGHT) ? LocalTime.of(20, 45) : LocalTime.MIDNIGHT;
                windows.add(shown(new RecommendedWindow(days, start, end, ZoneId.of("Europe/Berlin"), 3)));
            }
        }
        String status = Serialization.asYaml(new WarmForecastStatus("t", 14, null, "m", null, 2, windows));

        JsonNode printed = YAML.readTree(status);
        ObjectNode policy = Manifests.warmPolicy("team", "committed");
        ObjectNode capacity = policy.withObject("/spec/provisionedConcurrency");
        capacity.removeAll();
        capacity.set("baseline", printed.get("baseline"));
        capacity.set("windows", printed.get("windows"));

        assertThat(printed.get("windows")).hasSize(8);
        assertThat(check(POLICIES, policy, Optional.empty())).isEmpty();
        WarmCapacitySpec spec = YAML.treeToValue(capacity, WarmCapacitySpec.class);
        assertThat(Schedule.read(spec)).isInstanceOf(Schedule.Reading.Valid.class);
    }

    private static WarmWindow shown(RecommendedWindow window) {
        return new WarmWindow(
                window.name(), window.zone().getId(), window.startCron(), window.endCron(), window.capacity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#refusedEdits")
    void aForbiddenEditIsRefused(SpecCases.Edit edit) {
        ObjectNode live = Manifests.patched(Manifests.endpoint("team", edit.objectName()), edit.before());
        assertRefused(ENDPOINTS, live, Optional.of(live), edit.refused());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#acceptedEndpoints")
    void aRightEndpointIsAccepted(SpecCases.Accepted accepted) {
        assertThat(check(
                        ENDPOINTS,
                        Manifests.patched(Manifests.endpoint("team", "right"), accepted.patch()),
                        Optional.empty()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.IdentityCases#acceptedIdentities")
    void aRightIdentityIsAccepted(SpecCases.Accepted accepted) {
        assertThat(check(
                        IDENTITIES, Manifests.patched(Manifests.identity("right"), accepted.patch()), Optional.empty()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#acceptedEdits")
    void anAllowedEditIsAccepted(SpecCases.Accepted accepted) {
        ObjectNode live = Manifests.endpoint("team", "edited");
        assertThat(check(ENDPOINTS, Manifests.patched(live, accepted.patch()), Optional.of(live)))
                .isEmpty();
    }

    /** Where our definition has the words, they are said; the API server's own words for structure are not repeated. */
    private static void assertRefused(
            String plural, ObjectNode right, Optional<ObjectNode> before, SpecCases.Refused refused) {
        List<Violation> violations = check(plural, Manifests.patched(right, refused.patch()), before);

        assertThat(violations).isNotEmpty();
        boolean ourWords = messages(definition(plural)).contains(refused.fix());
        if (ourWords) {
            assertThat(violations.toString()).contains(refused.fix());
        }
    }

    private static String messages(JsonNode definition) {
        return String.join("\n", definition.findValuesAsText("message"));
    }

    private static List<Violation> check(String plural, ObjectNode object, Optional<ObjectNode> before) {
        ObjectSchema schema = ObjectSchema.of(definition(plural), "v1alpha1");
        return schema.check(schema.withDefaults(object), before.map(schema::withDefaults));
    }

    private static JsonNode definition(String plural) {
        try {
            return YAML.readTree(Files.readString(Path.of("crds", plural + ".pilotlight.dev-v1.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
