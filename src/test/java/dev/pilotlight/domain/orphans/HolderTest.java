package dev.pilotlight.domain.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HolderTest {
    private static final OwnedResource MODEL = new OwnedResource(
            Kind.MODEL,
            "ml-sentiment-9f3c2a1b",
            "arn",
            new Ownership("c", "ml", "sentiment", "uid-1", Ownership.Role.PRIMARY, "9f3c2a1b", "d"));

    @Test
    void theOwnerItselfKeepsEverythingReadyOrNot() {
        assertThat(new Holder.Somebody("uid-1", true, Set.of()).about(MODEL)).isEqualTo(Answer.PRESENT);
        assertThat(new Holder.Somebody("uid-1", false, Set.of()).about(MODEL)).isEqualTo(Answer.PRESENT);
    }

    @Test
    void aSuccessorThatIsNotReadyYetMayStillTakeItOver() {
        assertThat(new Holder.Somebody("uid-2", false, Set.of()).about(MODEL)).isEqualTo(Answer.PRESENT);
    }

    @Test
    void aSuccessorThatMentionsItKeepsIt() {
        assertThat(new Holder.Somebody("uid-2", true, Set.of("ML-Sentiment-9f3c2a1b")).about(MODEL))
                .isEqualTo(Answer.PRESENT);
    }

    @Test
    void whatASuccessorAtRestDoesNotMentionHasNoOwner() {
        assertThat(new Holder.Somebody("uid-2", true, Set.of("ml-sentiment")).about(MODEL))
                .isEqualTo(Answer.ABSENT);
    }

    @Test
    void nobodyIsNobodyAndAnErrorSaysNothing() {
        assertThat(new Holder.Nobody().about(MODEL)).isEqualTo(Answer.ABSENT);
        assertThat(new Holder.Unknown().about(MODEL)).isEqualTo(Answer.UNKNOWN);
    }
}
