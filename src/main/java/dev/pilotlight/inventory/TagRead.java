package dev.pilotlight.inventory;

import java.util.Map;

/** An answer of ListTags; its absence means that nobody asked, which is not the same as no tags. */
record TagRead(Map<String, String> tags) {
    TagRead {
        tags = Map.copyOf(tags);
    }
}
