package dev.pilotlight.domain.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names are for ever: a changed one would make every endpoint a stranger to its operator. */
class NamesTest {
    private static final String AWS_NAME = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}";
    private static final Revision REVISION = new Revision("9f3c2a1b".repeat(8));

    @ParameterizedTest
    @CsvSource({
        "ml, sentiment, ml-sentiment",
        "ml, sentiment-v2, ml-sentiment-v2",
        "ml-prod, sentiment, ml-prod-sentiment-a9e53784",
        "a, b-c, a-b-c",
        "a-b, c, a-b-c-4e84717d",
        "n, m, n-m",
    })
    void theStemIsWrittenInStone(String namespace, String name, String stem) {
        assertThat(Names.of(namespace, name).stem()).isEqualTo(stem);
    }

    @Test
    void everyNameSaysWhatItStandsFor() {
        Names names = Names.of("ml", "sentiment");

        assertThat(names.model(REVISION)).isEqualTo("ml-sentiment-9f3c2a1b");
        assertThat(names.endpointConfig(REVISION, new Concurrency(20, 2))).isEqualTo("ml-sentiment-9f3c2a1b-m20-p2");
        assertThat(names.preview("9f3c2a1b")).isEqualTo("ml-sentiment-pv-9f3c2a1b");
        assertThat(Names.stemOfPreview("ml-sentiment-pv-9f3c2a1b")).contains("ml-sentiment");
        assertThat(Names.stemOfPreview("ml-sentiment")).isEmpty();
    }

    @Test
    void aNamesakeWithALongerNameIsNotMistakenForUs() {
        Names ours = Names.of("ml", "sentiment");
        for (String other : List.of("sentiment-v2", "sentiment-9f3c2a1b", "sentiment-9f3c2a1b-m1-p0")) {
            String config = Names.of("ml", other).endpointConfig(REVISION, new Concurrency(1, 0));
            assertThat(ours.revisionOfConfig(config)).as(config).isEmpty();
        }
        assertThat(ours.revisionOfConfig("ml-sentiment-9f3c2a1b")).isEmpty();
        assertThat(ours.revisionOfConfig("xml-sentiment-9f3c2a1b-m1-p0")).isEmpty();
        assertThat(ours.revisionOfConfig(null)).isEmpty();
    }

    @Provide
    Arbitrary<String> labels() {
        Arbitrary<Character> ends = Arbitraries.chars().range('a', 'z').range('0', '9');
        Arbitrary<String> inner = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMaxLength(61);
        Arbitrary<String> longOnes =
                inner.flatMap(middle -> ends.flatMap(first -> ends.map(last -> first + middle + last)));
        return Arbitraries.oneOf(
                longOnes, ends.map(String::valueOf), Arbitraries.of("a", "a-b", "b-c", "a-b-c", "b", "c"));
    }

    @Property
    void everyNameIsOneAwsTakes(
            @ForAll("labels") String namespace,
            @ForAll("labels") String name,
            @ForAll @IntRange(min = 1, max = 200) int max,
            @ForAll @IntRange(max = 200) int provisioned) {
        Names names = Names.of(namespace, name);

        assertThat(List.of(
                        names.stem(),
                        names.model(REVISION),
                        names.preview(REVISION.name()),
                        names.endpointConfig(REVISION, new Concurrency(max, provisioned))))
                .allSatisfy(derived ->
                        assertThat(derived).hasSizeLessThanOrEqualTo(63).matches(AWS_NAME));
    }

    @Property
    void twoObjectsNeverShareAStem(
            @ForAll("labels") String namespace,
            @ForAll("labels") String name,
            @ForAll("labels") String otherNamespace,
            @ForAll("labels") String otherName) {
        Assume.that(!namespace.equals(otherNamespace) || !name.equals(otherName));

        assertThat(Names.of(namespace, name).stem())
                .isNotEqualTo(Names.of(otherNamespace, otherName).stem());
    }

    @Property
    void aConfigsNameGivesItsRevisionBack(
            @ForAll("labels") String namespace,
            @ForAll("labels") String name,
            @ForAll @IntRange(min = 1, max = 200) int max) {
        Names names = Names.of(namespace, name);

        assertThat(names.revisionOfConfig(names.endpointConfig(REVISION, new Concurrency(max, max))))
                .contains(REVISION.name());
    }
}
