package dev.baton.failover.process;

import static dev.baton.failover.process.Instants.earlier;

import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do about a failover that waits for people, or for its time. */
public final class BeforeItsTime {
  /** Whoever changes something wakes it; this is for the case that the hint gets lost. */
  private static final Duration LATER = Duration.ofSeconds(20);

  private BeforeItsTime() {}

  static ProcessDecision awaitingApproval(FailoverSnapshot failover, Instant now) {
    var before = failover.approveBefore().orElse(failover.startBefore());
    return now.isBefore(before)
        ? new LookAgain(earlier(before, now.plus(LATER)), "it waits for approval")
        : new Finish(
            FailoverStatus.EXPIRED,
            FailoverEffect.NONE,
            "it was not approved by as many as have to before " + before);
  }

  /** When to look again at what waits for this time. */
  public static Instant nextLook(Optional<Instant> scheduledFor, Instant now) {
    var latest = now.plus(LATER);
    return scheduledFor.map(start -> earlier(start, latest)).orElse(latest);
  }

  static ProcessDecision scheduled(FailoverSnapshot failover, Instant now) {
    var start = failover.scheduledFor().orElse(now);
    if (!now.isBefore(failover.startBefore())) {
      return new Finish(
          FailoverStatus.EXPIRED,
          FailoverEffect.NONE,
          "it was to start at %s, and Baton did not come to that before %s"
              .formatted(start, failover.startBefore()));
    }
    return now.isBefore(start)
        ? new LookAgain(nextLook(failover.scheduledFor(), now), "its time has not come")
        : new Become(FailoverStatus.PENDING, "its time has come");
  }
}
