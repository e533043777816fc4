package dev.pilotlight.aws;

import dev.pilotlight.domain.cost.ListedPrice;
import java.util.List;

/** AWS's public prices. They are the same for everybody, whoever asks. */
public interface PriceLists {

    /**
     * What serverless inference costs in the session's Region; empty where AWS lists nothing. One call for each page of 100 rows.
     * Prices that cannot be read (another currency, another unit) are left out: they stay unknown.
     */
    List<ListedPrice> serverlessInference();
}
