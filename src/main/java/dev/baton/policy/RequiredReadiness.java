package dev.baton.policy;

import dev.baton.core.ReadinessLevel;
import java.util.List;
import java.util.Set;

/** The target has to be fit to become primary. */
record RequiredReadiness(ReadinessLevel worst, boolean allowsUnknown, String demanded)
    implements Demand {

  RequiredReadiness(ReadinessLevel worst, boolean allowsUnknown) {
    this(
        worst,
        allowsUnknown,
        "The target's readiness must be %s%s"
            .formatted(
                worst == ReadinessLevel.READY ? worst : worst + " or better",
                allowsUnknown ? " where it is known." : ", and must be known."));
  }

  @Override
  public Finding judge(Question question) {
    return switch (question.readiness()) {
      case TargetReadiness.Judged(var region, var level, var reasons) ->
          Finding.of(level.compareTo(worst) <= 0, seen(region.name(), level, reasons), demanded);
      case TargetReadiness.Unknown(var region, var reason) ->
          Finding.of(
              allowsUnknown,
              "The readiness of " + region + " is unknown: " + reason + ".",
              demanded);
    };
  }

  private static String seen(String region, ReadinessLevel level, List<String> reasons) {
    return reasons.isEmpty()
        ? "The readiness of " + region + " is " + level + "."
        : "The readiness of " + region + " is " + level + ": " + String.join("; ", reasons) + ".";
  }

  @Override
  public String remedy(Question question, Ways ways) {
    var otherModes = ways.inOtherModes(question.request());
    return switch (question.readiness()) {
      case TargetReadiness.Judged _ ->
          "Mend what stands against it, then ask again.%s".formatted(otherModes);
      case TargetReadiness.Unknown _ ->
          ("Ask again when Baton has seen the datastore in both Regions. If this should pass without"
                  + " it, someone who may change the policy has to set allowUnknownReadiness: true"
                  + " in this rule.%s")
              .formatted(otherModes);
    };
  }

  @Override
  public Set<Fact> looksAt() {
    return Set.of(Fact.READINESS);
  }
}
