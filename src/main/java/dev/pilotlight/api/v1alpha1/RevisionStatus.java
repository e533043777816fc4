package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Which revision is wanted and which one serves. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RevisionStatus(
        @JsonPropertyDescription("Revision of the present spec: a hash of what needs a redeploy. Example: 9f3c2a1b.")
        String desired,

        @JsonPropertyDescription(
                "Revision that AWS confirmed to be serving; equal to desired once the rollout is done. Example: 9f3c2a1b.")
        String deployed) {}
