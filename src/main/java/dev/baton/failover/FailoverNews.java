package dev.baton.failover;

import dev.baton.audit.AuditTail;
import dev.baton.failover.FailoverVersions.Version;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Waits for a failover to change, on whichever instance. Nothing of the database is held. */
@Component
class FailoverNews {
  private final AuditTail tail;
  private final FailoverVersions versions;

  FailoverNews(AuditTail tail, FailoverVersions versions) {
    this.tail = tail;
    this.versions = versions;
  }

  /** Another version than this, or this one if it still is when the time is over. */
  Version after(Version known, Duration atMost) {
    var end = System.nanoTime() + atMost.toNanos();
    // From the first entry on: what was written since the failover was read is news, too.
    try (var follower = tail.follow(FailoverJournal.stream(known.id()), 0)) {
      for (var now = known; ; now = versions.of(known.id()).orElseThrow()) {
        var left = Duration.ofNanos(end - System.nanoTime());
        if (now.number() != known.number()
            || !left.isPositive()
            || follower.isClosed()
            || follower.next(left).isEmpty()) {
          return now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known;
    }
  }
}
