package dev.pilotlight.aws;

import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * CloudWatch in one account and Region.
 *
 * <p>It is read with the session of the identity and namespace that asks, not with the inventory's: GetMetricData knows no resources
 * (AWS docs: its Resource is always {@code *}), so a shared session could read any endpoint's figures on behalf of anybody, and
 * they would go on flowing to a namespace whose identity was revoked. Sharing would save little: AWS charges by the series, not by the call.
 */
public interface Metrics {

    /**
     * Reads many series at once, oldest point first; one call for {@value #SERIES_PER_CALL} series and a page of points. Every query is
     * a key of the answer, with an empty list where CloudWatch has nothing: no data is not zero.
     *
     * @param from inclusive
     * @param to exclusive
     * @throws AwsException also when CloudWatch could not read one of the series, for half an answer would look like no traffic
     */
    Map<MetricQuery, List<Point>> read(Collection<MetricQuery> queries, Instant from, Instant to);

    /** AWS docs: MetricDataQueries, at most 500 in one call. */
    int SERIES_PER_CALL = 500;
}
