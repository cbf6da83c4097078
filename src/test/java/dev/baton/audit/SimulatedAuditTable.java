package dev.baton.audit;

import dev.baton.deterministic.Database;
import dev.baton.deterministic.Database.Table;
import dev.baton.deterministic.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The audit log in memory, and the check of its chains. */
public final class SimulatedAuditTable implements AuditTable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database.Session session;
  private final Rows rows;

  /** All entries, and where each stream ends. */
  public static final class Rows {
    private final Table<String, NewEntry> entries = new Table<>(NewEntry::toString);
    private final Table<String, End> ends = new Table<>(End::toString);

    /** The types of a stream's entries, in their order. */
    public List<String> types(AuditStream stream) {
      return of(stream).stream().map(NewEntry::type).toList();
    }

    /** The data of a stream's entries, in their order, each behind its type. */
    public List<String> told(AuditStream stream) {
      return of(stream).stream()
          .map(entry -> "%s %s %s".formatted(entry.occurredAt(), entry.type(), entry.data()))
          .toList();
    }

    /** What was recorded when, in the order of the commits. */
    public List<String> trace() {
      return entries.committed().stream()
          .map(entry -> entry.occurredAt() + " " + entry.type())
          .toList();
    }

    private List<NewEntry> of(AuditStream stream) {
      return entries.committed().stream().filter(entry -> entry.stream().equals(stream)).toList();
    }

    /** The first entry that isn't what its hash says, or doesn't follow the one before it. */
    public Optional<String> broken() {
      var last = new HashMap<AuditStream, NewEntry>();
      for (var entry : entries.committed()) {
        var before = Optional.ofNullable(last.put(entry.stream(), entry));
        var hash =
            EntryHash.of(
                entry.stream(),
                entry.sequence(),
                entry.type(),
                entry.actor(),
                entry.occurredAt(),
                JSON.readTree(entry.data()),
                entry.previousHash());
        if (!hash.equals(entry.hash())
            || entry.sequence() != before.map(NewEntry::sequence).orElse(0L) + 1
            || !entry.previousHash().equals(before.map(NewEntry::hash))) {
          return Optional.of(entry.toString());
        }
      }
      return Optional.empty();
    }
  }

  private SimulatedAuditTable(Database.Session session, Rows rows) {
    this.session = session;
    this.rows = rows;
  }

  /** Baton's audit log, kept there. */
  public static AuditLog log(Database.Session session, Transactions transactions, Rows rows) {
    return transactions.around(new AuditLog(new SimulatedAuditTable(session, rows), JSON));
  }

  @Override
  public Optional<End> lockedEnd(AuditStream stream) {
    return session.statement(transaction -> {
      transaction.lock(rows.ends, stream.name());
      return transaction.get(rows.ends, stream.name());
    });
  }

  @Override
  public void append(NewEntry entry) {
    session.statement(transaction -> {
      var stream = entry.stream().name();
      transaction.put(rows.entries, stream + "#" + entry.sequence(), entry);
      transaction.put(rows.ends, stream, new End(entry.sequence(), entry.hash()));
      return true;
    });
  }
}
