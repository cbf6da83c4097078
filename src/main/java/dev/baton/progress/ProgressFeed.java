package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditStream;
import dev.baton.audit.AuditTail;
import dev.baton.audit.AuditTrail;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tells a listener what happened to a failover or an evacuation and what happens, whichever
 * instance makes it happen. While it waits, or a listener is slow, it holds a virtual thread and a
 * bounded queue, but no database connection.
 */
@Component
class ProgressFeed {
  private static final int PAGE = 1_000;
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  /** Then a listener is let go, and listens again: nobody is to hold a connection for ever. */
  private static final Duration LONGEST = Duration.ofMinutes(50);

  private final AuditTrail trail;
  private final AuditTail tail;

  ProgressFeed(AuditTrail trail, AuditTail tail) {
    this.trail = trail;
    this.tail = tail;
  }

  /** Somebody who follows; an exception means that nobody listens any more. */
  interface Listener {
    void happened(AuditEntry entry) throws IOException;

    /** Nothing has happened for a few seconds. */
    void stillThere() throws IOException;

    /** It goes on, but not here: ask again. */
    void brokenOff() throws IOException;
  }

  /** All that has happened so far, in order. */
  List<AuditEntry> known(ProgressStream kind, AuditStream stream) {
    var entries = new ArrayList<AuditEntry>();
    for (List<AuditEntry> page; ; entries.addAll(page)) {
      page = trail.stream(stream, entries.size(), PAGE);
      if (page.isEmpty()) {
        break;
      }
    }
    if (entries.isEmpty()) {
      throw kind.unknown();
    }
    return List.copyOf(entries);
  }

  /**
   * Tells what is known and what follows, until it is over.
   *
   * @param known the first entries to tell, up to the youngest
   * @param after the sequence that the listener knows already
   */
  void tell(AuditStream stream, List<AuditEntry> known, long after, Listener listener)
      throws IOException {
    if (isToldToTheEnd(known.stream().filter(it -> it.sequence() > after).toList(), listener)) {
      return;
    }
    var end = System.nanoTime() + LONGEST.toNanos();
    try (var follower = tail.follow(stream, known.getLast().sequence())) {
      while (!follower.isClosed() && System.nanoTime() < end) {
        var entries = follower.next(SIGN_OF_LIFE);
        if (entries.isEmpty()) {
          listener.stillThere();
        } else if (isToldToTheEnd(entries, listener)) {
          return;
        }
      }
      listener.brokenOff();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isToldToTheEnd(List<AuditEntry> entries, Listener listener)
      throws IOException {
    var end = ProgressStream.end(entries);
    for (var entry : entries) {
      listener.happened(entry);
      if (end.equals(Optional.of(entry))) {
        return true;
      }
    }
    return false;
  }
}
