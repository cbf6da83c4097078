package dev.baton.policy;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReadinessLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That a request takes a failover back. Baton's own rules for it stand in a document of their own,
 * beside whatever the policies demand: nobody who goes back is in such a hurry that the way back
 * need not be sound.
 *
 * @param soaksUntil until when the failover has to prove itself first
 */
public record Failback(Optional<Instant> soaksUntil) {
  /** The name of the document that has the rules. */
  static final String POLICY = "failback";

  private static final Duration MOST_BEHIND = Duration.ofSeconds(30);

  static final PolicyDocument RULES =
      new PolicyDocument(
          POLICY,
          1,
          Optional.of("Baton's own rules for a failback"),
          Match.EVERYTHING,
          List.of(
              rule("soak", Match.EVERYTHING, new Soak()),
              rule(
                  "readiness",
                  switchover(),
                  new RequiredReadiness(ReadinessLevel.ATTENTION, false)),
              rule("replication-lag", switchover(), new MaxReplicationLag(MOST_BEHIND, false))));

  /** A rescue must not wait for a Region that is dark. */
  private static Match switchover() {
    return Match.EVERYTHING.in(Set.of(FailoverMode.SWITCHOVER));
  }

  private static Rule rule(String name, Match match, Demand demand) {
    return new Rule(name, match, true, Enforcement.ENFORCE, demand);
  }
}
