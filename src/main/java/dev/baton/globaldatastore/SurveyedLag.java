package dev.baton.globaldatastore;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lag as it is kept.
 *
 * @param lag missing where it is unknown
 * @param why in words, where it is unknown
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SurveyedLag(Optional<Duration> lag, Optional<Instant> measuredAt, Optional<String> why) {

  static SurveyedLag of(ReplicationLag lag) {
    return switch (lag) {
      case ReplicationLag.Known(var behind, var measuredAt, _) ->
          new SurveyedLag(Optional.of(behind), Optional.of(measuredAt), Optional.empty());
      case ReplicationLag.Unknown(var reason) ->
          new SurveyedLag(Optional.empty(), Optional.empty(), Optional.of(reason));
    };
  }

  ReplicationLag lag(Instant readAt) {
    return lag.<ReplicationLag>map(
            behind -> new ReplicationLag.Known(behind, measuredAt.orElse(readAt), readAt))
        .orElseGet(() -> new ReplicationLag.Unknown(why.orElse("nothing was measured")));
  }
}
