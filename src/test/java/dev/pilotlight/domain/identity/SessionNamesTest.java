package dev.pilotlight.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SessionNamesTest {

    private static final String CLUSTER = "6f1a2f0e-51a4-4f0e-9d0e-0a1b2c3d4e5f";

    @Test
    void aShortNameIsClusterAndNamespace() {
        assertThat(SessionNames.tenant(CLUSTER, "ml-prod")).isEqualTo(CLUSTER + ".ml-prod");
        assertThat(SessionNames.inventory(CLUSTER)).isEqualTo(CLUSTER + ".inventory");
    }

    @Test
    void aLongNameIsCutWithAHashOfTheWhole() {
        String one = SessionNames.tenant(CLUSTER, "a-namespace-with-a-long-name-one");
        String two = SessionNames.tenant(CLUSTER, "a-namespace-with-a-long-name-two");

        assertThat(one).hasSize(64).startsWith(CLUSTER + ".a-namespace-with-a").matches(".*-[0-9a-f]{8}");
        assertThat(two).isNotEqualTo(one);
    }

    @Test
    void charactersAwsRefusesDoNotMakeTwoClustersOne() {
        assertThat(SessionNames.tenant("a/b", "ns")).isNotEqualTo(SessionNames.tenant("a:b", "ns"));
    }

    @Property
    void everyNameIsOneAwsTakes(
            @ForAll @StringLength(max = 80) String cluster, @ForAll @StringLength(max = 63) String ns) {
        assertThat(SessionNames.tenant(cluster, ns)).matches("[A-Za-z0-9_+=,.@-]{2,64}|\\.");
    }

    @Test
    void externalIdsAreKnownInAdvance() {
        assertThat(ExternalIds.tenant("c1", "ml-prod", "team-a")).isEqualTo("pilotlight:c1:ml-prod:team-a");
    }

    @Test
    void noNamespaceHasTheInventorysExternalId() {
        assertThat(ExternalIds.inventory("c1", "ml-prod"))
                .isEqualTo("pilotlight:c1:ml-prod:@inventory")
                .isNotEqualTo(ExternalIds.tenant("c1", "ml-prod", "inventory"));
    }
}
