package dev.baton.policy;

import java.time.Instant;

/** What was failed over proves itself for a while before it is taken back. */
record Soak() implements Demand {

  @Override
  public Finding judge(Question question) {
    var until = until(question);
    var isOver = !question.now().isBefore(until);
    return Finding.of(
        isOver,
        "It is %s.".formatted(question.shownNow()),
        until.equals(Instant.MIN)
            ? "No soak time is demanded."
            : "The soak time must be over, which it is from %s on.".formatted(until));
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return "Ask again at %1$s or later, or ask now with scheduledFor: \"%1$s\"."
        .formatted(until(question));
  }

  private static Instant until(Question question) {
    return question.request().failback().flatMap(Failback::soaksUntil).orElse(Instant.MIN);
  }
}
