package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.sagemaker.ModelsAndConfigsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.world.HostingLimits.Limits;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;

class QuotasAndConsistencyTest {
    private static final String HELP = ". Please use AWS Service Quotas to request an increase for this quota. If AWS"
            + " Service Quotas is not available, contact AWS support to request an increase for this quota.";

    @Test
    void memoryAboveTheAccountsQuotaIsRefusedWhenTheEndpointIsCreated() {
        try (SimulatedAws aws = SimulatedAws.start(settings -> settings.limits(Limits.NEW_ACCOUNT))) {
            aws.model("m", IMAGE);
            aws.config("c", "m", 4096, 1, null);
            overQuota(
                    () -> aws.sageMaker()
                            .createEndpoint(r -> r.endpointName("e").endpointConfigName("c")),
                    "The account-level service limit 'Memory size in MB per serverless endpoint' is 3072 MBs, with current"
                            + " utilization of 0 MBs and a request delta of 4096 MBs" + HELP);
        }
    }

    @Test
    void concurrencyCountsAsAllocatedOverAllEndpoints() {
        try (SimulatedAws aws = SimulatedAws.start(settings -> settings.limits(Limits.NEW_ACCOUNT))) {
            aws.servingEndpoint("one", IMAGE, 6, null);
            aws.model("two", IMAGE);
            aws.config("two", "two", 1024, 5, null);
            String name = "Maximum total concurrency that can be allocated across all serverless endpoints";
            overQuota(
                    () -> aws.sageMaker()
                            .createEndpoint(r -> r.endpointName("two").endpointConfigName("two")),
                    "'" + name + "' is 10 Units, with current utilization of 6 Units and a request delta of 5 Units");
            aws.config("larger", "one", 1024, 11, null);
            overQuota(
                    () -> aws.sageMaker()
                            .updateEndpoint(r -> r.endpointName("one").endpointConfigName("larger")),
                    "current utilization of 6 Units and a request delta of 5 Units");
            aws.config("fits", "one", 1024, 10, null);
            aws.sageMaker().updateEndpoint(r -> r.endpointName("one").endpointConfigName("fits"));
            assertThat(aws.readUntil("one", EndpointStatus.IN_SERVICE).endpointConfigName())
                    .isEqualTo("fits");
        }
    }

    @Test
    void whetherOldAndNewBothCountIsASwitch() {
        try (SimulatedAws aws = SimulatedAws.start(settings -> settings.limits(Limits.NEW_ACCOUNT)
                .hosting(HostingSettings.defaults()
                        .withDurations(HostingSettings.StateDurations.NONE)
                        .assuming(true, true)))) {
            aws.servingEndpoint("one", IMAGE, 6, null);
            aws.config("same", "one", 1024, 6, null);
            overQuota(
                    () -> aws.sageMaker()
                            .updateEndpoint(r -> r.endpointName("one").endpointConfigName("same")),
                    "current utilization of 6 Units and a request delta of 6 Units");
        }
    }

    @Test
    void theNumberOfEndpointsIsLimitedAndQuotasCanBeRaised() {
        try (SimulatedAws aws = SimulatedAws.start(settings -> settings.limits(new Limits(1, 100, 6144)))) {
            aws.servingEndpoint("one", IMAGE, 1, null);
            overQuota(
                    () -> aws.endpoint("two", IMAGE, 1, null),
                    "'Maximum number of serverless endpoints' is 1 Endpoints, with current utilization of 1 Endpoints");
            aws.admin("POST", "limits", "{\"endpoints\": 2}");
            aws.sageMaker().createEndpoint(r -> r.endpointName("two").endpointConfigName("two"));
        }
    }

    @Test
    void aConfigurationThatWasJustCreatedMayNotBeSeen() {
        try (SimulatedAws aws = SimulatedAws.start(settings -> settings.hosting(HostingSettings.defaults()
                .withConsistency(new HostingSettings.Consistency(1, Duration.ofSeconds(2)))))) {
            aws.model("m", IMAGE);
            String noModel = "Could not find model \"arn:aws:sagemaker:us-east-1:111122223333:model/m\".";
            assertThat(aws.sageMaker().listModels().models()).isEmpty();
            refused(() -> aws.config("c", "m", 1024, 1, null), noModel);
            aws.pass(Duration.ofSeconds(2));
            aws.config("c", "m", 1024, 1, null);
            aws.pass(Duration.ofSeconds(2));
            refused(
                    () -> aws.sageMaker()
                            .createEndpoint(r -> r.endpointName("e").endpointConfigName("c")),
                    "Could not find endpoint configuration");
            aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("c"));
            refused(() -> aws.describe("e"), "Could not find endpoint \"");
            refused(
                    () -> aws.sageMaker()
                            .createEndpoint(r -> r.endpointName("e").endpointConfigName("c")),
                    "Cannot create already existing endpoint");
            aws.pass(Duration.ofSeconds(2));
            assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.CREATING);
        }
    }

    private static void overQuota(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ResourceLimitExceededException.class, error -> {
            assertThat(error.statusCode()).isEqualTo(400);
            assertThat(error.awsErrorDetails().errorMessage()).contains(text);
        });
    }
}
