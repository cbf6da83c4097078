package dev.baton.policy;

import java.time.Duration;
import java.util.Set;

/** The target may be behind by so much: what it lacks is lost if the primary is lost meanwhile. */
record MaxReplicationLag(Duration most, boolean allowsUnknown, String demanded) implements Demand {

  MaxReplicationLag(Duration most, boolean allowsUnknown) {
    this(
        most,
        allowsUnknown,
        (allowsUnknown
                ? "The target's replication lag must be at most %s where it is known."
                : "The target's replication lag must be known and at most %s.")
            .formatted(most));
  }

  @Override
  public Finding judge(Question question) {
    var isMet =
        switch (question.lag()) {
          case TargetLag.Measured measured -> measured.lag().compareTo(most) <= 0;
          case TargetLag.Unknown _ -> allowsUnknown;
        };
    return Finding.of(isMet, question.shownLag(), demanded);
  }

  @Override
  public String remedy(Question question, Ways ways) {
    var otherModes = ways.inOtherModes(question.request());
    return switch (question.lag()) {
      case TargetLag.Measured(var region, _, _) ->
          ("Ask again when %s has caught up: AWS measures it once a minute. Less writing to the"
                  + " primary helps it.%s")
              .formatted(region, otherModes);
      case TargetLag.Unknown(var region, _) ->
          ("Check that CloudWatch shows GlobalDatastoreReplicationLag in %s, and that Baton may call"
                  + " cloudwatch:GetMetricData there; then ask again. If this should pass without"
                  + " it, someone who may change the policy has to set allowUnknownLag: true in"
                  + " this rule.%s")
              .formatted(region, otherModes);
    };
  }

  @Override
  public Set<Fact> looksAt() {
    return Set.of(Fact.LAG);
  }
}
