package dev.baton.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Problems for a terminal, in lines of at most 80 characters. */
final class ProblemText {
  private static final int WIDTH = 80;
  private static final String INDENT = "  ";

  private ProblemText() {}

  static String of(ProblemDescription problem) {
    return """
    %d %s
    %s

    What it means
    %s

    Why it happens
    %s

    What to do
    %s

    All problems: /problems
    """
        .formatted(
            problem.status(),
            problem.title(),
            problem.type(),
            wrapped(problem.meaning(), INDENT),
            wrapped(problem.cause(), INDENT),
            problem.steps().stream()
                .map(step -> wrapped(step, INDENT + "- "))
                .collect(joining("\n")));
  }

  static String of(List<ProblemDescription> problems) {
    return problems.stream()
        .map(problem ->
            "%d %s%n%s%n".formatted(problem.status(), problem.title(), INDENT + problem.type()))
        .collect(joining());
  }

  /** The lines of a paragraph: the first begins with the text given, the others below its end. */
  private static String wrapped(String text, String start) {
    var lines = new StringBuilder();
    var line = new StringBuilder(start);
    for (var word : text.split(" ", -1)) {
      if (line.length() > start.length() && line.length() + word.length() >= WIDTH) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(" ".repeat(start.length()));
      }
      line.append(word).append(' ');
    }
    return lines.append(line.toString().stripTrailing()).toString();
  }
}
