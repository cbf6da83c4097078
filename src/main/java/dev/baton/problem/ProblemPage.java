package dev.baton.problem;

import static java.util.stream.Collectors.joining;

import dev.baton.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.springframework.web.util.HtmlUtils;

/**
 * Problems as pages for a browser: one file each, without scripts, and nothing is loaded from
 * anywhere, since they may be read while much is down. They are XML at the same time.
 */
final class ProblemPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem;
        font: 1.05rem/1.55 system-ui, sans-serif; }
      h1 { line-height: 1.2; margin: 0.2rem 0; }
      h2 { margin: 1.8rem 0 0.3rem; font-size: 1.2rem; }
      p { margin: 0.3rem 0; }
      li { margin: 0.5rem 0; }
      code { font-size: 0.92em; overflow-wrap: anywhere; }
      .status { font-size: 1.1rem; font-weight: 600; }
      nav { margin-top: 2.5rem; }
      """;

  private ProblemPage() {}

  /** Nothing but the style that is in the page. */
  static String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        .formatted(sha256(STYLE));
  }

  static String of(ProblemDescription problem) {
    return page(
        problem.title(),
        """
        <p class="status">HTTP %d</p>
        <h1>%s</h1>
        <p><code>%s</code></p>
        <h2>What it means</h2>
        <p>%s</p>
        <h2>Why it happens</h2>
        <p>%s</p>
        <h2>What to do</h2>
        <ol>
        %s
        </ol>
        <nav><a href="/problems">All problems</a></nav>
        """
            .formatted(
                problem.status(),
                escaped(problem.title()),
                escaped(problem.type()),
                marked(problem.meaning()),
                marked(problem.cause()),
                problem.steps().stream()
                    .map(step -> "<li>" + marked(step) + "</li>")
                    .collect(joining("\n"))));
  }

  static String of(List<ProblemDescription> problems) {
    return page(
        "Problems",
        """
        <h1>Problems</h1>
        <p>What Baton answers with instead of what was asked for.</p>
        <ul>
        %s
        </ul>
        """
            .formatted(problems.stream().map(ProblemPage::item).collect(joining("\n"))));
  }

  private static String item(ProblemDescription problem) {
    return "<li>%d <a href=\"%s\">%s</a>: %s</li>"
        .formatted(
            problem.status(),
            escaped(problem.type()),
            escaped(problem.title()),
            marked(problem.remedy()));
  }

  private static String page(String title, String main) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>%s – Baton</title>
    <style>%s</style>
    </head>
    <body>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(escaped(title), STYLE, main);
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }

  private static String marked(String text) {
    return escaped(text).replaceAll("`([^`]+)`", "<code>$1</code>");
  }

  private static String sha256(String text) {
    return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
