package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code --help} has to be there at once, so it may not load what the commands work with. */
class HelpTest {
    private static final List<String> HEAVY = List.of("com.fasterxml.", "software.amazon.", "dev.cel.");

    @Test
    void helpNeedsNoneOfTheLibrariesTheCommandsWorkWith() throws Exception {
        try (URLClassLoader light = new Light()) {
            Method commandLine = light.loadClass(Main.class.getName()).getDeclaredMethod("commandLine");
            commandLine.setAccessible(true);
            Object command = commandLine.invoke(null);

            Object help = command.getClass().getMethod("getUsageMessage").invoke(command);

            assertThat(help).asString().contains("operator", "orphans", "plan", "simulator", "Exit codes");
        }
    }

    /** The whole class path, but that the heavy part of it cannot be found. */
    private static final class Light extends URLClassLoader {
        Light() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (HEAVY.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        private static URL[] classPath() {
            String entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return Arrays.stream(entries.split(File.pathSeparator))
                    .map(Light::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(entry, e);
            }
        }
    }
}
