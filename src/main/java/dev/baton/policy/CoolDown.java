package dev.baton.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * After a promotion, the next one waits: hasty second failovers make things worse. It counts
 * whoever moved the primary.
 */
record CoolDown(Duration duration) implements Demand {

  @Override
  public Finding judge(Question question) {
    var facts = question.facts();
    var rule = "At least " + duration + " must have passed since the last promotion ended";
    var end = end(facts);
    if (end.isEmpty()) {
      var seen = "No earlier promotion of " + question.request().globalDatastoreId() + " is known.";
      return Finding.of(true, seen, rule + ".");
    }
    return Finding.of(
        !facts.now().isBefore(end.get()), seen(question), rule + ": not before " + end.get() + ".");
  }

  private static String seen(Question question) {
    var datastore = question.request().globalDatastoreId();
    var byBaton = question.facts().lastPromotionAt();
    var byPeople = question.facts().lastMoveByPeopleAt();
    var last = last(question.facts()).map(Instant::toString).orElse("");
    return byPeople.isPresent() && byBaton.stream().allMatch(byPeople.get()::isAfter)
        ? "The primary of "
            + datastore
            + " was moved without Baton, which was seen at "
            + last
            + "; it is now "
            + question.shownNow()
            + "."
        : "The last promotion of "
            + datastore
            + " ended at "
            + last
            + "; it is now "
            + question.shownNow()
            + ".";
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return ("Ask again at %s or later: this rule passes then, unless another promotion ends"
            + " before.%s")
        .formatted(
            end(question.facts()).orElse(question.now()), ways.inOtherModes(question.request()));
  }

  private Optional<Instant> end(PolicyFacts facts) {
    return last(facts).map(last -> last.plus(duration));
  }

  private static Optional<Instant> last(PolicyFacts facts) {
    return Stream.of(facts.lastPromotionAt(), facts.lastMoveByPeopleAt())
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }
}
