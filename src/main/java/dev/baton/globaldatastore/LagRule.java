package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessReason.attention;

import dev.baton.core.Region;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the target has what the primary has, as far as anybody can tell. */
record LagRule(Duration most) implements ReadinessRule {

  @Override
  public Stream<ReadinessReason> reasons(ReadinessFacts facts) {
    return reason(facts.target(), facts.lag()).stream();
  }

  private Optional<ReadinessReason> reason(Region target, ReplicationLag lag) {
    return switch (lag) {
      case ReplicationLag.Known(var behind, _, _) when behind.compareTo(most) <= 0 ->
          Optional.empty();
      case ReplicationLag.Known(var behind, var measuredAt, _) ->
          Optional.of(
              attention(
                  ReadinessCode.LAG,
                  ("%s was %s s behind at %s, more than %s s: so much would be lost if the primary's"
                          + " Region were; less writing to the primary helps it.")
                      .formatted(target, seconds(behind), measuredAt, seconds(most))));
      case ReplicationLag.Unknown(var reason) ->
          Optional.of(
              attention(
                  ReadinessCode.LAG,
                  "How far %s is behind is not known: %s.".formatted(target, reason)));
    };
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
