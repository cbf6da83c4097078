package dev.baton.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Nothing is moved in these times. */
record FreezeWindows(List<FreezeWindow> windows) implements Demand {
  private static final String DEMANDED = "No freeze window may be on.";
  private static final int MOST_IN_A_ROW = 1000;

  FreezeWindows {
    windows = List.copyOf(windows);
  }

  @Override
  public Finding judge(Question question) {
    for (var window : windows) {
      if (window.window().at(question.now()).isOn()) {
        return Finding.of(false, on(question), DEMANDED);
      }
    }
    return Finding.of(
        true, "It is " + question.shownNow() + ", and no freeze window is on.", DEMANDED);
  }

  private String on(Question question) {
    return windows.stream()
        .filter(it -> it.window().at(question.now()).isOn())
        .map(it -> shown(it, question.now()))
        .collect(
            Collectors.joining("; ", "It is " + question.shownNow() + ", in a freeze window", "."));
  }

  private static String shown(FreezeWindow it, Instant now) {
    var until = it.window().at(now).until();
    return " until %s (%s)%s"
        .formatted(
            until, until.atZone(it.window().zone()), it.reason().map(": "::concat).orElse(""));
  }

  @Override
  public String remedy(Question question, Ways ways) {
    var free = free(question.now());
    return "%s%s"
        .formatted(
            free.equals(Instant.MAX)
                ? "These windows never end: someone who may change the policy has to change them."
                : "Ask again at %s or later: this rule passes then.".formatted(free),
            ways.inOtherModes(question.request()));
  }

  /**
   * The first instant from then on at which no window is on; {@link Instant#MAX} if that can't be
   * foreseen.
   */
  Instant free(Instant from) {
    var at = from;
    for (int inARow = 0; inARow < MOST_IN_A_ROW; inARow++) {
      var asked = at;
      var end =
          windows.stream()
              .map(it -> it.window().at(asked))
              .filter(span -> span.isOn())
              .map(span -> span.until())
              .max(Instant::compareTo);
      if (end.isEmpty() || end.get().equals(Instant.MAX)) {
        return end.orElse(at);
      }
      at = end.get();
    }
    return Instant.MAX;
  }
}
