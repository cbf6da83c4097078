package dev.baton.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * After a promotion, the next one waits: hasty second failovers make things worse. It counts
 * whoever moved the primary.
 */
record CoolDown(Duration duration, String demanded) implements Demand {

  CoolDown(Duration duration) {
    this(
        duration,
        "At least %s must have passed since the last promotion ended".formatted(duration));
  }

  @Override
  public Finding judge(Question question) {
    var end = end(question.facts());
    if (end.isEmpty()) {
      var seen = "No earlier promotion of " + question.request().globalDatastoreId() + " is known.";
      return Finding.of(true, seen, demanded + ".");
    }
    return question.now().isBefore(end.get())
        ? Finding.of(false, question.lastMove(), demanded + ": not before " + end.get() + ".")
        : Finding.of(true, question.lastMove(), demanded + ".");
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return ("Ask again at %s or later: this rule passes then, unless another promotion ends"
            + " before.%s")
        .formatted(
            end(question.facts()).orElse(question.now()), ways.inOtherModes(question.request()));
  }

  private Optional<Instant> end(PolicyFacts facts) {
    return facts.lastMoveAt().map(last -> last.plus(duration));
  }
}
