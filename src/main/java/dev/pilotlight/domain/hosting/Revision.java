package dev.pilotlight.domain.hosting;

import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.Comparator;
import java.util.List;

/**
 * The identity of what needs a redeploy, and of nothing else: image as written, model data, execution role, environment and memory
 * size. Concurrency and tags are not in it.
 *
 * <p>The hash runs over a frozen form: a version line, then one {@code key=length:value} line for every field that is set (the name
 * of an environment variable has its length before it, too). A field that a later version adds is absent from the form of every spec
 * that does not use it, so an upgrade of the operator changes no revision. The form is never edited; a different one gets the next
 * version number.
 *
 * @param digest SHA-256 of the frozen form, 64 hexadecimal digits
 */
public record Revision(String digest) {

    private static final String FORM = "pilotlight revision 1\n";
    private static final int NAME_LENGTH = 8;

    /** The revision of a model at a memory size. */
    public static Revision of(ModelSpec model, int memorySizeInMB) {
        StringBuilder form = new StringBuilder(FORM);
        line(form, "image", model.image());
        line(form, "modelDataURL", model.modelDataURL());
        line(form, "executionRoleARN", model.executionRoleARN());
        line(form, "memorySizeInMB", Integer.toString(memorySizeInMB));
        List<EnvironmentVariable> environment = model.environment().stream()
                .sorted(Comparator.comparing(EnvironmentVariable::name))
                .toList();
        for (EnvironmentVariable variable : environment) {
            String key = "environment." + variable.name().length() + ":" + variable.name();
            line(form, key, variable.value() == null ? "" : variable.value());
        }
        return new Revision(Digests.sha256(form.toString()));
    }

    /** The first eight digits: what people see and what names carry. */
    public String name() {
        return digest.substring(0, NAME_LENGTH);
    }

    /** Full digest of an endpoint config: the revision and its two concurrency numbers. */
    public String configDigest(Concurrency concurrency) {
        return Digests.sha256(digest + " m" + concurrency.max() + " p" + concurrency.provisioned());
    }

    private static void line(StringBuilder form, String key, String value) {
        if (value != null) {
            form.append(key)
                    .append('=')
                    .append(value.length())
                    .append(':')
                    .append(value)
                    .append('\n');
        }
    }
}
