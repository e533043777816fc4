package dev.pilotlight.simulator.servicequotas;

import static dev.pilotlight.simulator.sts.NeighbourServices.ACCOUNT;
import static dev.pilotlight.simulator.sts.NeighbourServices.OTHER_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pilotlight.simulator.sts.NeighbourServices;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

class ServiceQuotasServiceTest {
    private static final String CONCURRENCY = "L-96300102";
    private static final String ENDPOINTS = "L-99AD19BF";

    private final NeighbourServices aws = NeighbourServices.lenient();
    private final ServiceQuotasClient quotas = aws.user(ACCOUNT).quotas();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aQuotaIsWhatSageMakerEnforcesAndTheDefaultIsWhatAwsPromises() {
        aws.limits.set(new Scope(ACCOUNT, "us-east-1"), Limits.NEW_ACCOUNT);

        ServiceQuota quota = quotas.getServiceQuota(
                        q -> q.serviceCode("sagemaker").quotaCode(CONCURRENCY))
                .quota();
        assertThat(quota.value()).isEqualTo(10);
        assertThat(quota.quotaName())
                .isEqualTo("Maximum total concurrency that can be allocated across all serverless endpoints");
        assertThat(quota.adjustable()).isTrue();
        assertThat(quota.quotaArn())
                .isEqualTo("arn:aws:servicequotas:us-east-1:" + ACCOUNT + ":sagemaker/" + CONCURRENCY);
        assertThat(quotas.getAWSDefaultServiceQuota(
                                q -> q.serviceCode("sagemaker").quotaCode(CONCURRENCY))
                        .quota()
                        .value())
                .isEqualTo(1000);
        assertThat(aws.user(OTHER_ACCOUNT)
                        .quotas()
                        .getServiceQuota(q -> q.serviceCode("sagemaker").quotaCode(CONCURRENCY))
                        .quota()
                        .value())
                .isEqualTo(1000);
    }

    @Test
    void theMemoryQuotaIsNotListed() {
        assertThat(quotas.listServiceQuotasPaginator(
                                q -> q.serviceCode("sagemaker").maxResults(1))
                        .quotas())
                .extracting(ServiceQuota::quotaCode)
                .containsExactly(CONCURRENCY, ENDPOINTS);
        assertThat(quotas.listAWSDefaultServiceQuotas(q -> q.serviceCode("sagemaker"))
                        .quotas())
                .extracting(ServiceQuota::quotaCode)
                .containsExactly(CONCURRENCY, ENDPOINTS);
    }

    @Test
    void whatDoesNotExistIsSaidSo() {
        assertThatExceptionOfType(NoSuchResourceException.class)
                .isThrownBy(() ->
                        quotas.getServiceQuota(q -> q.serviceCode("sagemaker").quotaCode("L-00000000")));
        assertThatExceptionOfType(NoSuchResourceException.class)
                .isThrownBy(() -> quotas.listServiceQuotas(q -> q.serviceCode("nothing")));
    }
}
