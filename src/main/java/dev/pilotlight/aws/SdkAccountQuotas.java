package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.Quotas;
import java.util.OptionalInt;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaRequest;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** Service Quotas on the AWS SDK. */
final class SdkAccountQuotas implements AccountQuotas {

    private static final String OPERATION = "servicequotas:GetServiceQuota";

    private final SessionCalls calls;

    SdkAccountQuotas(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public Quotas read() {
        return new Quotas(read(Quotas.ENDPOINTS), read(Quotas.TOTAL_CONCURRENCY));
    }

    private OptionalInt read(String code) {
        GetServiceQuotaRequest request = GetServiceQuotaRequest.builder()
                .overrideConfiguration(calls.credentials())
                .serviceCode("sagemaker")
                .quotaCode(code)
                .build();
        try {
            ServiceQuota quota = calls.read(
                            OPERATION,
                            Priority.CHANGE,
                            () -> calls.clients().quotas().getServiceQuota(request))
                    .quota();
            return quota == null || quota.value() == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(quota.value().intValue());
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }
}
