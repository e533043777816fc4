package dev.pilotlight.aws;

import dev.pilotlight.domain.preflight.RoleFacts;
import java.util.Optional;

/** AWS IAM, as far as an execution role needs it. */
public interface ExecutionRoles {

    /**
     * Whom the role trusts.
     *
     * @return empty when it does not exist
     */
    Optional<RoleFacts> look(String roleARN);
}
