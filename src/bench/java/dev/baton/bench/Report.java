package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, for people and for programs. */
final class Report {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Scale scale;
  private final Map<String, List<Figure>> figures = new LinkedHashMap<>();

  Report(Scale scale) {
    this.scale = scale;
  }

  void add(Section section, List<Figure> measured) {
    figures.put(section.name(), List.copyOf(measured));
  }

  /** The figures that a change of the code must have spoiled. */
  List<Figure> spoiled() {
    return scale == Scale.FULL ? List.of() : all().filter(figure -> !figure.isGuarded()).toList();
  }

  private Stream<Figure> all() {
    return figures.values().stream().flatMap(List::stream);
  }

  String table() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "measured", "goal", ""));
    figures.forEach((section, measured) -> {
      rows.add(List.of(section.toUpperCase(Locale.ROOT), "", "", ""));
      for (var figure : measured) {
        var bound = scale == Scale.FULL ? figure.goal() : figure.guard();
        var verdict = bound.map(it -> it.holds(figure.value()) ? "met" : "MISSED").orElse("");
        rows.add(
            List.of(
                "  " + figure.what(),
                figure.shown(),
                bound.map(Object::toString).orElse(""),
                verdict));
      }
    });
    var text = new StringBuilder();
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        var width = width(rows, column);
        text.append(column == 1 ? right(row.get(column), width) : left(row.get(column), width))
            .append("  ");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String left(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  void write(Path file) throws IOException {
    var content = new LinkedHashMap<String, Object>();
    content.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    content.put("scale", scale);
    content.put("machine", Machine.here());
    content.put(
        "figures",
        figures.entrySet().stream()
            .flatMap(of -> of.getValue().stream().map(figure -> row(of.getKey(), figure)))
            .toList());
    Files.writeString(file, JSON.writeValueAsString(content) + "\n");
  }

  private static Map<String, Object> row(String section, Figure figure) {
    var row = new LinkedHashMap<String, Object>();
    row.put("section", section);
    row.put("what", figure.what());
    row.put("value", figure.value());
    row.put("unit", figure.unit());
    figure.goal().ifPresent(goal -> row.put("goal", goal.toString()));
    figure.isMet().ifPresent(met -> row.put("met", met));
    return row;
  }
}
