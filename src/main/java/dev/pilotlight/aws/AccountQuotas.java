package dev.pilotlight.aws;

import dev.pilotlight.domain.preflight.Quotas;

/** Service Quotas, as far as serverless endpoints need them. */
public interface AccountQuotas {

    /** The quotas of the session's account and Region; what AWS does not list is empty. Two calls. */
    Quotas read();
}
