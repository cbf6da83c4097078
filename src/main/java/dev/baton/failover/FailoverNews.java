package dev.baton.failover;

import dev.baton.audit.AuditTail;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Waits for a failover to change, on whichever instance. Nothing of the database is held. */
@Component
class FailoverNews {
  private final AuditTail tail;
  private final FailoverRepository failovers;

  FailoverNews(AuditTail tail, FailoverRepository failovers) {
    this.tail = tail;
    this.failovers = failovers;
  }

  /** The failover once it is another version than this, or as it still is when the time is over. */
  Failover after(Failover known, Duration atMost) {
    var end = System.nanoTime() + atMost.toNanos();
    // From the first entry on: what was written since the failover was read is news, too.
    try (var follower = tail.follow(FailoverJournal.stream(known.id()), 0)) {
      for (var now = known; ; now = failovers.findById(known.id().value()).orElseThrow()) {
        var left = Duration.ofNanos(end - System.nanoTime());
        if (now.version() != known.version()
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
