package dev.baton.policy;

import java.time.Duration;

/** The target may be behind by so much: what it lacks is lost if the primary is lost meanwhile. */
record MaxReplicationLag(Duration most, boolean allowsUnknown) implements Demand {

  @Override
  public boolean isMet(PolicyRequest request, PolicyFacts facts) {
    return switch (facts.lagOf(request.targetRegion())) {
      case TargetLag.Measured measured -> measured.lag().compareTo(most) <= 0;
      case TargetLag.Unknown _ -> allowsUnknown;
    };
  }

  @Override
  public String seen(PolicyRequest request, PolicyFacts facts) {
    return switch (facts.lagOf(request.targetRegion())) {
      case TargetLag.Measured(var region, var lag, var measuredAt) ->
          "The replication lag of %s was %s, measured at %s.".formatted(region, lag, measuredAt);
      case TargetLag.Unknown(var region, var reason) ->
          "The replication lag of %s is unknown: %s.".formatted(region, reason);
    };
  }

  @Override
  public String demanded(PolicyRequest request, PolicyFacts facts) {
    return allowsUnknown
        ? "The target's replication lag must be at most %s where it is known.".formatted(most)
        : "The target's replication lag must be known and at most %s.".formatted(most);
  }

  @Override
  public String remedy(PolicyRequest request, PolicyFacts facts, Ways ways) {
    return switch (facts.lagOf(request.targetRegion())) {
      case TargetLag.Measured(var region, _, _) ->
          ("Ask again when %s has caught up: AWS measures it once a minute. Less writing to the"
                  + " primary helps it.%s")
              .formatted(region, ways.inOtherModes(request));
      case TargetLag.Unknown(var region, _) ->
          ("Check that CloudWatch shows GlobalDatastoreReplicationLag in %s, and that Baton may call"
                  + " cloudwatch:GetMetricData there; then ask again. If this should pass without"
                  + " it, someone who may change the policy has to set allowUnknownLag: true in"
                  + " this rule.%s")
              .formatted(region, ways.inOtherModes(request));
    };
  }

  @Override
  public boolean looksAtLag() {
    return true;
  }
}
