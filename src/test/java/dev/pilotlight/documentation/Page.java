package dev.pilotlight.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown.
 *
 * @param file where it is
 * @param commands lines of blocks without a language, continued ones joined, and code spans
 * @param prose everything that is not set as code
 */
record Page(Path file, String text, List<String> commands, String prose) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** What comes with the sources for people to read, but for the changelog, which also tells of what is gone. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.list(Path.of("docs"));
                Stream<Path> deploy = Files.walk(Path.of("deploy"))) {
            return Stream.of(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs, deploy)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page of(Path file, String text) {
        List<String> commands = new ArrayList<>();
        BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).isEmpty())
                .flatMap(block -> block.group(2).replace("\\\n", " ").lines())
                .map(line -> line.replaceFirst("(^|\\s)#.*", ""))
                .forEach(commands::add);
        String rest = BLOCK.matcher(text).replaceAll("");
        SPAN.matcher(rest)
                .results()
                .map(span -> span.group(1).replace('\n', ' '))
                .forEach(commands::add);
        return new Page(
                file,
                text,
                List.copyOf(commands),
                SPAN.matcher(rest).replaceAll("").replaceAll("(?s)<!--.*?-->", ""));
    }

    /** Where links lead that stay in the work tree: a file and, behind {@code #}, a heading. */
    List<String> links() {
        return LINK.matcher(prose)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** The part of a link behind {@code #} for each heading, as GitHub makes it. */
    List<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** What matches in everything that is set as code. */
    Stream<String> mentioned(Pattern pattern) {
        return commands.stream()
                .flatMap(command -> pattern.matcher(command).results().map(MatchResult::group));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
