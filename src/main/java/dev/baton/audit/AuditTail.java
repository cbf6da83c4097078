package dev.baton.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Follows streams as they grow, on whichever instance they grow: one query every {@value
 * #PERIOD_MILLIS} ms for all followers of this instance together, and at once for what this
 * instance has committed itself.
 */
@Component
public class AuditTail implements SmartLifecycle, MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTail.class);
  private static final long PERIOD_MILLIS = 200;

  /** However much is going on. */
  private static final long SHORTEST_PERIOD_MILLIS = 40;

  private static final int BATCH = 1_000;

  /** A stream has a few dozen entries: who lets that many wait has stopped reading. */
  private static final int LARGEST_BACKLOG = 256;

  private final JdbcClient database;
  private final AuditRows rows;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final Set<String> followed = ConcurrentHashMap.newKeySet();
  private final Semaphore news = new Semaphore(0);
  private volatile boolean running;

  AuditTail(JdbcClient database, AuditRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /** Follows a stream from after a sequence on. Close it to stop. */
  public Follower follow(AuditStream stream, long afterSequence) {
    var follower = new Follower(stream, afterSequence);
    followers.add(follower);
    return follower;
  }

  /** One reader of one stream. */
  public final class Follower implements AutoCloseable {
    private final AuditStream stream;
    private final AtomicLong handedOver;
    private final BlockingQueue<AuditEntry> waiting = new ArrayBlockingQueue<>(LARGEST_BACKLOG);
    private volatile boolean closed;

    private Follower(AuditStream stream, long afterSequence) {
      this.stream = stream;
      this.handedOver = new AtomicLong(afterSequence);
    }

    /** The next entries, in order; none if there were none within the time. */
    public List<AuditEntry> next(Duration atMost) throws InterruptedException {
      var first = waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        return List.of();
      }
      var entries = new ArrayList<AuditEntry>();
      entries.add(first);
      waiting.drainTo(entries);
      return entries;
    }

    /** Whether nothing more will come: closed, fallen too far behind, or Baton is stopping. */
    public boolean isClosed() {
      return closed && waiting.isEmpty();
    }

    private void offer(AuditEntry entry) {
      if (entry.sequence() <= handedOver.get()) {
        return;
      }
      if (waiting.offer(entry)) {
        handedOver.set(entry.sequence());
      } else {
        close();
      }
    }

    @Override
    public void close() {
      closed = true;
      followers.remove(this);
    }
  }

  /** How many follow just now: people and programs that watch failovers at this instance. */
  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("baton.audit.followers", followers, Set::size)
        .description("Open watches, event streams and long polls of this instance")
        .register(registry);
  }

  private void run() {
    while (running) {
      try {
        news.drainPermits();
        if (!followers.isEmpty()) {
          handOver();
        }
        TimeUnit.MILLISECONDS.sleep(SHORTEST_PERIOD_MILLIS);
        news.tryAcquire(PERIOD_MILLIS - SHORTEST_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RuntimeException | Error e) {
        // An Error, too: without this thread all followers would wait for ever, and nobody would
        // know.
        LOG.warn("The audit log can't be read just now; its followers wait: {}", e.toString());
        pauseAfterFailure();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Only after the commit: it could not be read before. */
  @TransactionalEventListener
  void look(EntryStored entry) {
    if (followed.contains(entry.stream().name())) {
      news.release();
    }
  }

  private static void pauseAfterFailure() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver() {
    var byStream = new HashMap<String, List<Follower>>();
    var after = new HashMap<String, Long>();
    for (var follower : followers) {
      var name = follower.stream.name();
      byStream.computeIfAbsent(name, _ -> new ArrayList<>()).add(follower);
      after.merge(name, follower.handedOver.get(), Math::min);
    }
    followed.retainAll(after.keySet());
    followed.addAll(after.keySet());
    for (var entry : grown(after)) {
      for (var follower : byStream.getOrDefault(entry.stream().name(), List.of())) {
        follower.offer(entry);
      }
    }
  }

  private List<AuditEntry> grown(Map<String, Long> after) {
    var wanted = List.copyOf(after.entrySet());
    var names = wanted.stream().map(Map.Entry::getKey).toArray(String[]::new);
    var sequences = wanted.stream().map(Map.Entry::getValue).toArray(Long[]::new);
    return database
        .sql(
            """
            select e.position, e.stream, e.sequence, e.type, e.actor_subject, e.actor_kind,
                   e.occurred_at, e.data, e.previous_hash, e.hash
            from unnest(?::text[], ?::bigint[]) as wanted (stream, after)
            join audit_entry e on e.stream = wanted.stream and e.sequence > wanted.after
            order by e.stream, e.sequence limit ?
            """)
        .param(names)
        .param(sequences)
        .param(BATCH)
        .query(rows::entry)
        .list();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("audit-tail").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    List.copyOf(followers).forEach(Follower::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Followers are let go before the web server waits for its requests to end. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
