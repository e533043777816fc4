package dev.pilotlight.domain.hosting;

import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every AWS name that belongs to one ServerlessEndpoint. Names are a function of the object and of what they stand for, so that a
 * repeated create meets itself.
 *
 * <p>SageMaker allows 63 characters of {@code [a-zA-Z0-9](-*[a-zA-Z0-9])*} (source: SageMaker API reference). The longest suffix,
 * {@code -<revision>-m200-p200}, leaves 44 for the stem.
 */
public final class Names {

    /** Longest stem, so that the longest derived name still has 63 characters. */
    static final int MAX_STEM = 44;

    private static final int MAX_NAME = 63;
    private static final int HASH = 8;
    private static final Pattern AWS_NAME = Pattern.compile("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");
    private static final Pattern CONFIG_SUFFIX = Pattern.compile("([0-9a-f]{8})-m([0-9]{1,3})-p([0-9]{1,3})");

    private static final String PREVIEW = "-pv-";
    private static final Pattern PREVIEW_NAME = Pattern.compile("(.+)" + PREVIEW + "([0-9a-f]{8})");

    private final String stem;

    private Names(String stem) {
        this.stem = stem;
    }

    /**
     * The names of one object. {@code a-b/c} and {@code a/b-c} would read alike, so a namespace with a hyphen is always told apart
     * by a hash of the pair, as is a pair that would be too long.
     */
    public static Names of(String namespace, String name) {
        String plain = namespace + "-" + name;
        if (plain.length() <= MAX_STEM && namespace.indexOf('-') < 0) {
            return new Names(checked(plain));
        }
        String hash = Digests.sha256(namespace + "/" + name).substring(0, HASH);
        String head = plain.substring(0, Math.min(plain.length(), MAX_STEM - HASH - 1));
        return new Names(checked(withoutTrailingHyphens(head) + "-" + hash));
    }

    /** First part of every derived name, and the endpoint's name where the spec gives none. */
    public String stem() {
        return stem;
    }

    /** {@code <stem>-<revision>}. */
    public String model(Revision revision) {
        return checked(stem + "-" + revision.name());
    }

    /** {@code <stem>-<revision>-m<max>-p<provisioned>}. */
    public String endpointConfig(Revision revision, Concurrency concurrency) {
        return endpointConfig(revision.name(), concurrency);
    }

    /** As {@link #endpointConfig(Revision, Concurrency)}, of a revision that only its name is known of. */
    public String endpointConfig(String revisionName, Concurrency concurrency) {
        return checked(stem + "-" + revisionName + "-m" + concurrency.max() + "-p" + concurrency.provisioned());
    }

    /** {@code <stem>-pv-<revision>}: the temporary endpoint of a preview. */
    public String preview(String revisionName) {
        return checked(stem + PREVIEW + revisionName);
    }

    /** The stem of an endpoint name that has the form of a preview's. */
    public static Optional<String> stemOfPreview(String endpointName) {
        Matcher form = PREVIEW_NAME.matcher(endpointName);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    /** The revision that a preview endpoint of ours proves; empty for a name that is not built here. */
    public Optional<String> revisionOfPreview(String endpointName) {
        Matcher form = PREVIEW_NAME.matcher(endpointName);
        return form.matches() && form.group(1).equalsIgnoreCase(stem) ? Optional.of(form.group(2)) : Optional.empty();
    }

    /** The revision that an endpoint config of ours was made for; empty for a name that is not built here. */
    public Optional<String> revisionOfConfig(String configName) {
        if (configName == null || !configName.startsWith(stem + "-")) {
            return Optional.empty();
        }
        Matcher suffix = CONFIG_SUFFIX.matcher(configName.substring(stem.length() + 1));
        return suffix.matches() ? Optional.of(suffix.group(1)) : Optional.empty();
    }

    /** The concurrency that an endpoint config of ours was made with; empty for a name that is not built here. */
    public Optional<Concurrency> concurrencyOfConfig(String configName) {
        if (revisionOfConfig(configName).isEmpty()) {
            return Optional.empty();
        }
        Matcher suffix = CONFIG_SUFFIX.matcher(configName.substring(stem.length() + 1));
        return suffix.matches()
                ? Optional.of(new Concurrency(Integer.parseInt(suffix.group(2)), Integer.parseInt(suffix.group(3))))
                : Optional.empty();
    }

    private static String withoutTrailingHyphens(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '-') {
            end--;
        }
        return text.substring(0, end);
    }

    private static String checked(String name) {
        if (name.length() > MAX_NAME || !AWS_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a SageMaker name: " + name);
        }
        return name;
    }
}
