package dev.pilotlight.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.simulator.wire.Scope;

/**
 * A part of the world that can be filled from a seed file.
 *
 * <p>A seed is a JSON object, or an array of such objects, each for one account and Region:
 *
 * <pre>{@code
 * {"account": "111122223333", "region": "us-east-1",
 *  "roles":   [{"arn": "arn:aws:iam::111122223333:role/sagemaker/sentiment", "trust": { policy document },
 *               "policies": {"name": { policy document }}}],
 *  "images":  [{"repository": "sentiment", "tags": ["1.4.0"], "sizeInBytes": 1200000000}],
 *  "objects": [{"bucket": "ml-prod-models", "key": "sentiment/1.4.0/model.tar.gz", "sizeInBytes": 5000000}]}
 * }</pre>
 *
 * <p>Seeding the same content twice changes nothing.
 */
public interface Seedable {

    /** The key of the section this part reads, for example {@code images}. */
    String section();

    /**
     * Makes what the section describes exist.
     *
     * @param scope account and Region of the seed object
     * @param content value of the section, usually an array
     * @throws IllegalArgumentException naming the entry that cannot be read
     */
    void seed(Scope scope, JsonNode content);
}
