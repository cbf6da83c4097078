package dev.baton.policy;

import dev.baton.core.Groups;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the variables of conditions their values. What a request leaves out is an empty text. A lag
 * that nobody knows has no seconds at all: not knowing must not look like zero.
 */
final class ConditionValues {
  private static final double NANOS = 1e9;

  private ConditionValues() {}

  static Map<String, Object> of(Question question) {
    var request = question.request();
    return Map.of(
        "request",
        Map.of(
            "mode", request.mode().name(),
            "reason", request.reason(),
            "reference", request.reference().orElse(""),
            "expectedPrimaryRegion", shown(request.expectedPrimaryRegion()),
            "acceptDataLoss", request.acceptDataLoss()),
        "datastore",
        Map.of(
            "globalReplicationGroupId", request.globalDatastoreId().value(),
            "accountId", request.accountId().value(),
            "primaryRegion", shown(request.sourceRegion())),
        "target",
        target(question),
        "lag",
        lag(question.lag()),
        "requester",
        requester(request.requester()),
        "now",
        question.now());
  }

  private static Map<String, Object> target(Question question) {
    var region = question.request().targetRegion().name();
    return switch (question.readiness()) {
      case TargetReadiness.Judged(var _, var level, var reasons) ->
          Map.of("region", region, "readiness", level.name(), "readinessReasons", reasons);
      case TargetReadiness.Unknown(var _, var reason) ->
          Map.of("region", region, "readiness", "UNKNOWN", "readinessReasons", List.of(reason));
    };
  }

  private static Map<String, Object> lag(TargetLag lag) {
    return switch (lag) {
      case TargetLag.Measured measured -> Map.of("known", true, "seconds", seconds(measured.lag()));
      case TargetLag.Unknown _ -> Map.of("known", false);
    };
  }

  private static Map<String, Object> requester(Requester requester) {
    var values = new HashMap<String, Object>();
    values.put("subject", requester.actor().subject());
    values.put("kind", requester.actor().kind().name());
    switch (requester.groups()) {
      case Groups.Known(var names) -> values.put("groups", names.stream().sorted().toList());
      case Groups.Unknown _ -> {}
    }
    return values;
  }

  private static double seconds(Duration lag) {
    return lag.getSeconds() + lag.getNano() / NANOS;
  }

  private static String shown(Optional<Region> region) {
    return region.map(Region::name).orElse("");
  }
}
