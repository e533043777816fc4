package dev.pilotlight.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.domain.warm.forecast.ForecastReport;
import dev.pilotlight.domain.warm.forecast.ForecastResult;
import dev.pilotlight.domain.warm.forecast.Forecaster;
import dev.pilotlight.domain.warm.forecast.History;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The windows to put into a WarmPolicy after the last request of one's own. */
final class Windows {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private Windows() {}

    /**
     * @param log single requests, where somebody logged them
     */
    static String recommendedFor(Workload workload, Optional<History.Requests> log) {
        Instant end = Observed.EPOCH.plus(Duration.ofDays(workload.days()));
        ForecastResult result =
                Forecaster.forecast(new Observed(workload).history(log), Planned.settings(workload.days()), end);
        WarmForecastStatus status = ForecastReport.of(result, Optional.of(Prices.TWO_GIGABYTES), false);
        return "From all of it: " + result.message() + "\nFor a WarmPolicy, in UTC:\n\n"
                + yaml(status).indent(2);
    }

    private static String yaml(WarmForecastStatus status) {
        Map<String, Object> capacity = new LinkedHashMap<>();
        capacity.put("baseline", status.baseline());
        capacity.put("windows", status.windows());
        try {
            return YAML.writeValueAsString(Map.of("provisionedConcurrency", capacity));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
