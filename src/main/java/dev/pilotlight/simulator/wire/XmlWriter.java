package dev.pilotlight.simulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes an XML answer element by element; an element whose value is null is left out, as AWS does. */
public final class XmlWriter {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts the document's root element in a namespace. */
    public XmlWriter root(String name, String namespace) {
        out.append('<')
                .append(name)
                .append(" xmlns=\"")
                .append(escape(namespace))
                .append("\">");
        open.push(name);
        return this;
    }

    public XmlWriter open(String name) {
        out.append('<').append(name).append('>');
        open.push(name);
        return this;
    }

    public XmlWriter close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    public XmlWriter element(String name, Object value) {
        if (value != null) {
            out.append('<').append(name).append('>');
            out.append(escape(value.toString()));
            out.append("</").append(name).append('>');
        }
        return this;
    }

    /** Text inside the element that is open. */
    public XmlWriter text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Closes what is still open and gives the document. */
    public String end() {
        while (!open.isEmpty()) {
            close();
        }
        return out.toString();
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    if (c < 0x20 && c != '\t' && c != '\n') {
                        escaped.append("&#x")
                                .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                                .append(';');
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
