package dev.pilotlight.domain.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tags say whose a resource is, and nothing short of all of them does. */
class OwnershipTest {
    private static final Ownership OURS =
            new Ownership("cluster-1", "ml", "sentiment", "uid-1", Ownership.Role.PRIMARY, "", "");

    @Property
    void tagsGiveTheOwnerBack(
            @ForAll @AlphaChars @NotEmpty String revision,
            @ForAll @AlphaChars @NotEmpty String uid,
            @ForAll Ownership.Role role) {
        Ownership owner = new Ownership("c", "ns", "n", uid, role, revision, "digest of " + revision);

        assertThat(Ownership.fromTags(owner.toTags())).contains(owner);
    }

    @Test
    void theEndpointItselfCarriesNoRevision() {
        assertThat(OURS.toTags())
                .hasSize(5)
                .allSatisfy((key, value) -> assertThat(key).startsWith(Ownership.TAG_PREFIX));
        assertThat(Ownership.fromTags(OURS.toTags())).contains(OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "namespace", "name", "uid"})
    void withoutAnyOneOfFourTagsThereIsNoOwner(String missing) {
        Map<String, String> tags = new HashMap<>(OURS.toTags());
        tags.remove(Ownership.TAG_PREFIX + missing);

        assertThat(Ownership.fromTags(tags)).isEmpty();
    }

    @Test
    void anotherLifeIsTheSameObjectAndAnotherClusterIsNot() {
        Ownership before = new Ownership("cluster-1", "ml", "sentiment", "uid-0", Ownership.Role.PRIMARY, "", "");
        Ownership elsewhere = new Ownership("cluster-2", "ml", "sentiment", "uid-1", Ownership.Role.PRIMARY, "", "");

        assertThat(OURS.sameObject(before)).isTrue();
        assertThat(OURS.sameLife(before)).isFalse();
        assertThat(OURS.sameObject(elsewhere)).isFalse();
        assertThat(OURS.sameLife(OURS.withContent("r", "d").withRole(Ownership.Role.PREVIEW)))
                .isTrue();
    }
}
