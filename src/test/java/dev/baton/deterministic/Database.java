package dev.baton.deterministic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A database in memory as far as PostgreSQL's read committed shows: what is not committed nobody
 * else sees, a row that is locked makes others wait, and a session that ends takes its transaction
 * along. Values are immutable.
 */
public final class Database {
  /** Like idle_in_transaction_session_timeout. */
  private static final Duration MOST_IDLE = Duration.ofSeconds(10);

  private final Timeline timeline;
  private final Interference interference;
  private final Map<Object, Transaction> locks = new HashMap<>();
  private final Map<Transaction, List<Runnable>> waiting = new HashMap<>();

  /** What goes wrong between a host and the database. */
  public interface Interference {

    /** What becomes of a commit. */
    enum Commit {
      GOES_WELL,
      FAILS,
      /** It is done, and who asked for it never hears of it. */
      UNKNOWN
    }

    /** How long a statement takes; may throw instead, and may strike the host. */
    Duration statement(Host host);

    /** Asked right before a commit is done; may strike the host. */
    Commit commit(Host host);

    /** Asked right after it; may strike the host. */
    void committed(Host host);
  }

  public Database(Timeline timeline, Interference interference) {
    this.timeline = timeline;
    this.interference = interference;
  }

  /** A host's connections. */
  public Session connect(Host host) {
    return new Session(host);
  }

  /** Rows by their keys, in the order in which they came. */
  public static final class Table<K, V> {
    private final Map<K, V> rows = new LinkedHashMap<>();
    private final Function<V, String> name;
    private final List<Changed<V>> watchers = new ArrayList<>();

    public Table(Function<V, String> name) {
      this.name = name;
    }

    /** Called with each row as it was and as it is when that is committed. */
    public void whenChanged(Changed<V> watcher) {
      watchers.add(watcher);
    }

    /** What is committed. */
    public List<V> committed() {
      return List.copyOf(rows.values());
    }

    public Optional<V> committed(K key) {
      return Optional.ofNullable(rows.get(key));
    }

    private void apply(K key, Optional<V> row) {
      var before = Optional.ofNullable(rows.get(key));
      row.ifPresentOrElse(present -> rows.put(key, present), () -> rows.remove(key));
      watchers.forEach(watcher -> watcher.from(before, row));
    }

    @Override
    public String toString() {
      return rows.values().stream().map(name).toList().toString();
    }
  }

  /** Told of a committed change. */
  public interface Changed<V> {
    void from(Optional<V> before, Optional<V> after);
  }

  /** The connections of one host; what runs there has at most one transaction at a time. */
  public final class Session {
    private final Host host;
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();
    private final List<Transaction> open = new ArrayList<>();

    private Session(Host host) {
      this.host = host;
      host.whenDead(() -> List.copyOf(open).forEach(Transaction::abort));
      host.whenPaused(() -> List.copyOf(open).forEach(this::endIfIdle));
    }

    private void endIfIdle(Transaction transaction) {
      timeline.after(
          MOST_IDLE,
          () -> {
            if (!host.isRunning()) {
              transaction.abort();
            }
          });
    }

    Transaction begin() {
      pass();
      var begun = new Transaction(this);
      current.set(begun);
      open.add(begun);
      return begun;
    }

    /** Whether one was begun here, even if the database has ended it meanwhile. */
    boolean isInTransaction() {
      return current.get() != null;
    }

    void commit() {
      var transaction = Objects.requireNonNull(current.get());
      try {
        commit(transaction);
      } finally {
        current.remove();
        transaction.abort();
      }
    }

    private void commit(Transaction transaction) {
      transaction.refuseIfEnded();
      transaction.beforeCommit.forEach(Runnable::run);
      if (transaction.changes.isEmpty()) {
        return;
      }
      pass();
      var fate = interference.commit(host);
      host.standStill();
      transaction.refuseIfEnded();
      if (fate == Interference.Commit.FAILS) {
        throw new DataAccessResourceFailureException("the connection broke before the commit");
      }
      transaction.apply();
      interference.committed(host);
      host.standStill();
      if (fate == Interference.Commit.UNKNOWN) {
        throw new DataAccessResourceFailureException("the connection broke during the commit");
      }
    }

    void rollback() {
      var transaction = current.get();
      if (transaction != null) {
        current.remove();
        transaction.abort();
      }
    }

    private void pass() {
      host.elapse(interference.statement(host));
      host.standStill();
    }

    /** Runs a statement, in the transaction that is open or in one of its own. */
    public <R> R statement(Function<Transaction, R> statement) {
      var transaction = current.get();
      if (transaction != null) {
        pass();
        transaction.refuseIfEnded();
        return statement.apply(transaction);
      }
      var own = begin();
      try {
        var result = statement.apply(own);
        commit();
        return result;
      } finally {
        rollback();
      }
    }
  }

  /** What is changed together or not at all. */
  public final class Transaction {
    private final Session session;
    private final Map<Slot<?, ?>, Optional<?>> changes = new LinkedHashMap<>();
    private final List<Object> locked = new ArrayList<>();
    private final List<Runnable> beforeCommit = new ArrayList<>();
    private final Map<Object, Object> attachments = new HashMap<>();
    private boolean ended;

    private record Slot<K, V>(Table<K, V> table, K key) {
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Slot<?, ?>(var otherTable, var otherKey)
            && otherTable == table
            && otherKey.equals(key);
      }

      @Override
      public int hashCode() {
        return System.identityHashCode(table) * 31 + key.hashCode();
      }
    }

    private Transaction(Session session) {
      this.session = session;
    }

    /** What is kept with this transaction by whoever works in it. */
    @SuppressWarnings("unchecked")
    public <T> T attached(Object key, Function<Object, T> made) {
      return (T) attachments.computeIfAbsent(key, made);
    }

    /** Has that done right before the commit. */
    public void beforeCommit(Runnable what) {
      beforeCommit.add(what);
    }

    @SuppressWarnings("unchecked")
    public <K, V> Optional<V> get(Table<K, V> table, K key) {
      var changed = changes.get(new Slot<>(table, key));
      return changed == null ? table.committed(key) : (Optional<V>) changed;
    }

    @SuppressWarnings("unchecked")
    public <K, V> List<V> all(Table<K, V> table) {
      var rows = new LinkedHashMap<K, V>(table.rows);
      changes.forEach((slot, row) -> {
        if (slot.table() == table) {
          var key = (K) slot.key();
          row.ifPresentOrElse(present -> rows.put(key, (V) present), () -> rows.remove(key));
        }
      });
      return List.copyOf(rows.values());
    }

    /** Stores a row; whoever else changes it waits. */
    public <K, V> void put(Table<K, V> table, K key, V row) {
      var slot = new Slot<>(table, key);
      lock(slot);
      changes.put(slot, Optional.of(row));
    }

    public <K, V> void remove(Table<K, V> table, K key) {
      var slot = new Slot<>(table, key);
      lock(slot);
      changes.put(slot, Optional.empty());
    }

    public <K, V> void lock(Table<K, V> table, K key) {
      lock(new Slot<>(table, key));
    }

    /** Keeps others from locking the same until this is over. */
    public void lock(Object key) {
      for (var owner = locks.get(key); owner != null && owner != this; owner = locks.get(key)) {
        var ahead = owner;
        session.host.sleep(
            alarm -> waiting.computeIfAbsent(ahead, _ -> new ArrayList<>()).add(alarm));
        refuseIfEnded();
      }
      if (locks.put(key, this) == null) {
        locked.add(key);
      }
    }

    private void refuseIfEnded() {
      if (ended) {
        throw new DataAccessResourceFailureException("the database has ended the session");
      }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void apply() {
      var made = List.copyOf(changes.entrySet());
      end();
      made.forEach(change ->
          ((Table) change.getKey().table()).apply(change.getKey().key(), change.getValue()));
    }

    private void abort() {
      if (!ended) {
        end();
      }
    }

    private void end() {
      ended = true;
      session.open.remove(this);
      locked.forEach(locks::remove);
      Optional.ofNullable(waiting.remove(this)).ifPresent(all -> all.forEach(Runnable::run));
    }
  }
}
