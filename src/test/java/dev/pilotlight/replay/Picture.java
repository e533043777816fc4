package dev.pilotlight.replay;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A drawing of few kinds of marks that becomes an SVG and a PNG alike. */
final class Picture {
    private static final int FONT_SIZE = 11;

    private final int width;
    private final int height;
    private final StringBuilder svg = new StringBuilder();
    private final List<Mark> marks = new ArrayList<>();

    private interface Mark {
        void draw(Graphics2D graphics);
    }

    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Picture(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** A line through points, x before y. */
    void line(String colour, double strokeWidth, double... points) {
        Path2D path = path(points);
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                data(points),
                colour,
                strokeWidth));
        marks.add(graphics -> {
            graphics.setColor(Color.decode(colour));
            graphics.setStroke(new BasicStroke((float) strokeWidth));
            graphics.draw(path);
        });
    }

    /** A surface with corners, x before y. */
    void surface(String colour, double... corners) {
        svg.append(String.format(Locale.ROOT, "<path d=\"%sZ\" fill=\"%s\"/>%n", data(corners), colour));
        fill(path(corners), colour);
    }

    void circle(String colour, double x, double y, double radius) {
        svg.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"#ffffff\"/>%n",
                x,
                y,
                radius,
                colour));
        Shape circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        fill(circle, colour);
        marks.add(graphics -> {
            graphics.setColor(Color.WHITE);
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(circle);
        });
    }

    void rectangle(String colour, double x, double y, double wide, double high) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                wide,
                high,
                colour));
        fill(new Rectangle2D.Double(x, y, wide, high), colour);
    }

    private void fill(Shape shape, String colour) {
        marks.add(graphics -> {
            graphics.setColor(Color.decode(colour));
            graphics.fill(shape);
        });
    }

    void text(double x, double y, Anchor anchor, boolean bold, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                bold ? " font-weight=\"bold\"" : "",
                words.replace("&", "&amp;").replace("<", "&lt;")));
        marks.add(graphics -> {
            graphics.setColor(Color.BLACK);
            graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, FONT_SIZE));
            int wide = graphics.getFontMetrics().stringWidth(words);
            double left = anchor == Anchor.START ? x : anchor == Anchor.MIDDLE ? x - wide / 2.0 : x - wide;
            graphics.drawString(words, (float) left, (float) y);
        });
    }

    void svg(Path file) throws IOException {
        Files.writeString(
                file,
                String.format(
                                Locale.ROOT,
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                                        + " font-size=\"%d\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                                width,
                                height,
                                FONT_SIZE)
                        + svg + "</svg>\n",
                StandardCharsets.UTF_8);
    }

    void png(Path file) {
        BufferedImage image = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(2, 2);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        marks.forEach(mark -> mark.draw(graphics));
        graphics.dispose();
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path2D path(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }

    private static String data(double... points) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            data.append(i == 0 ? "M" : "L").append(String.format(Locale.ROOT, "%.1f %.1f", points[i], points[i + 1]));
        }
        return data.toString();
    }
}
