package dev.pilotlight.domain.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.Revision;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdopteeTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";
    private static final String DIGEST = "repo@sha256:abc";
    private static final ServerlessCapacity CAPACITY =
            new ServerlessCapacity(2048, new ServerlessCapacity.Concurrency(5, 0));

    private String image = "repo:1.0";
    private Map<String, String> tags = Map.of();
    private List<String> beyond = List.of();
    private EndpointStatus status = EndpointStatus.IN_SERVICE;
    private boolean configThere = true;
    private boolean modelThere = true;

    private Adoptee adoptee() {
        EndpointSnapshot endpoint = new EndpointSnapshot(
                "old",
                "arn:old",
                status,
                Instant.EPOCH,
                Instant.EPOCH,
                "old-config",
                Optional.empty(),
                List.of(new EndpointSnapshot.Variant("blue", Optional.of(CAPACITY), Optional.of(DIGEST))));
        EndpointConfigSnapshot config = new EndpointConfigSnapshot(
                "old-config",
                "arn:config",
                Instant.EPOCH,
                List.of(new EndpointConfigSnapshot.Variant("blue", "old-model", Optional.of(CAPACITY))));
        ModelSnapshot model = new ModelSnapshot(
                "old-model", "arn:model", Instant.EPOCH, image, Optional.empty(), ROLE, Map.of("K", "V"), beyond);
        return new Adoptee(
                endpoint,
                tags,
                configThere ? Optional.of(config) : Optional.empty(),
                modelThere ? Optional.of(model) : Optional.empty());
    }

    private static ModelSpec spec(String image) {
        return new ModelSpec(image, null, ROLE, List.of(new EnvironmentVariable("K", "V")));
    }

    @Test
    void equalContentIsAMatchWhateverTheNames() {
        assertThat(adoptee().obstacle("c")).isEmpty();
        assertThat(adoptee().differences(spec("repo:1.0"), 2048, Optional.empty()))
                .isEmpty();
        assertThat(adoptee().revision()).isEqualTo(Revision.of(spec("repo:1.0"), 2048));
    }

    @Test
    void aTagAndTheDigestThatServesAreTheSameImage() {
        image = DIGEST;
        assertThat(adoptee().differences(spec("repo:1.0"), 2048, Optional.of(DIGEST)))
                .isEmpty();
        assertThat(adoptee().differences(spec("repo:1.0"), 2048, Optional.of("repo@sha256:other")))
                .containsExactly("spec.model.image");
    }

    @Test
    void everyFieldThatDiffersIsNamed() {
        ModelSpec other = new ModelSpec("repo:2.0", "s3://bucket/model.tar.gz", ROLE + "2", List.of());

        assertThat(adoptee().differences(other, 1024, Optional.empty()))
                .containsExactly(
                        "spec.model.image",
                        "spec.model.modelDataURL",
                        "spec.model.executionRoleARN",
                        "spec.model.environment",
                        "spec.serverless.memorySizeInMB");
    }

    @Test
    void whatAServerlessEndpointCannotExpressIsNotLostSilently() {
        beyond = List.of("VpcConfig");
        assertThat(adoptee().obstacle("c").orElseThrow()).contains("VpcConfig");
    }

    @Test
    void aFailedEndpointIsNotAdopted() {
        status = EndpointStatus.FAILED;
        assertThat(adoptee().obstacle("c").orElseThrow()).contains("Failed", "delete it");
    }

    @Test
    void anEndpointWhoseContentIsGoneIsNotAdopted() {
        modelThere = false;
        assertThat(adoptee().obstacle("c").orElseThrow()).contains("old-model");
        configThere = false;
        assertThat(adoptee().obstacle("c").orElseThrow()).contains("old-config");
    }

    @Test
    void tagsOfAnotherClusterOfOursAreRespected() {
        tags = Map.of("pilotlight.dev/cluster", "other");
        assertThat(adoptee().obstacle("c").orElseThrow()).contains("cluster other", "Retain");
        assertThat(adoptee().obstacle("other")).isEmpty();
    }
}
