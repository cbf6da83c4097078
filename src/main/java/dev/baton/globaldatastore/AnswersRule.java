package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessReason.attention;
import static dev.baton.globaldatastore.ReadinessReason.blocked;

import dev.baton.core.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the Regions answer, and whether they agree. Without the target's Region nothing can be
 * promoted; without the primary's, a SWITCHOVER can't, but a FAILOVER can.
 */
record AnswersRule(Duration silence) implements ReadinessRule {

  @Override
  public Stream<ReadinessReason> reasons(ReadinessFacts facts) {
    var primary =
        facts.seen(silence).primary().map(Member::region).filter(it -> !it.equals(facts.target()));
    return Stream.of(
            targetSilent(facts),
            primary.flatMap(region -> primarySilent(region, facts)),
            primary.flatMap(region -> disagreement(region, facts)))
        .flatMap(Optional::stream);
  }

  private Optional<ReadinessReason> targetSilent(ReadinessFacts facts) {
    return silent(facts.target(), facts)
        .map(since ->
            "%s %s: choose another target, or find out whether AWS is down there."
                .formatted(facts.target(), since))
        .map(why ->
            isNew(facts)
                ? attention(ReadinessCode.REGION_SILENT, why)
                : blocked(ReadinessCode.REGION_SILENT, why));
  }

  /**
   * Whether the others show it for so short a time that the target's Region may not have had any.
   */
  private boolean isNew(ReadinessFacts facts) {
    return facts.viewOf(facts.target()).isEmpty()
        && facts.views().stream()
            .map(Observation::since)
            .noneMatch(since -> since.plus(silence).isBefore(facts.now()));
  }

  private Optional<ReadinessReason> primarySilent(Region primary, ReadinessFacts facts) {
    return silent(primary, facts)
        .map(since ->
            attention(
                ReadinessCode.PRIMARY_REGION_SILENT,
                ("%s, where the primary is, %s: a SWITCHOVER needs it; if it is lost, request mode"
                        + " FAILOVER with acceptDataLoss.")
                    .formatted(primary, since)));
  }

  /** In words; empty if it answers. The words stay the same while it is silent. */
  private Optional<String> silent(Region region, ReadinessFacts facts) {
    if (facts.answerOf(region, silence).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        facts
            .viewOf(region)
            .map(view -> "has not shown this Global datastore since " + view.beganAt())
            .orElse("has not shown this Global datastore yet"));
  }

  private Optional<ReadinessReason> disagreement(Region primary, ReadinessFacts facts) {
    return facts
        .answerOf(facts.target(), silence)
        .flatMap(
            own -> facts.answerOf(primary, silence).flatMap(other -> disagreement(own, other)));
  }

  private static Optional<ReadinessReason> disagreement(Observation own, Observation other) {
    var ones = Shown.of(own);
    var others = Shown.of(other);
    return ones.equals(others)
        ? Optional.empty()
        : Optional.of(
            attention(
                ReadinessCode.VIEWS_DIFFER,
                ("%s shows %s, but %s shows %s: wait until they agree, or look at AWS's console to"
                        + " see which is out of date.")
                    .formatted(own.region(), ones, other.region(), others)));
  }

  /** What two Regions have to agree on. */
  private record Shown(String status, List<String> members) {

    static Shown of(Observation view) {
      return new Shown(
          view.datastore().status(),
          view.datastore().members().stream()
              .map(member -> "%s %s %s".formatted(member.region(), member.role(), member.status()))
              .sorted()
              .toList());
    }

    @Override
    public String toString() {
      return "status %s and %s".formatted(status, String.join(", ", members));
    }
  }
}
