package dev.baton.audit;

import dev.baton.core.Timestamps;
import dev.baton.problem.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit log. */
@Component
public class AuditTrail {
  private final JdbcClient database;
  private final AuditRows rows;

  AuditTrail(JdbcClient database, AuditRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * Which entries to show.
   *
   * @param from the first instant that counts
   * @param to the first instant that no longer counts
   */
  record Filter(
      Optional<AuditStream> stream,
      Optional<String> type,
      Optional<String> actor,
      Optional<Instant> from,
      Optional<Instant> to) {}

  /** Some entries, and where to go on; no cursor means that there are no more as yet. */
  record Page(List<AuditEntry> entries, Optional<AuditCursor> next) {}

  /** The entries of one stream after a sequence, in order, however young they are. */
  public List<AuditEntry> stream(AuditStream stream, long afterSequence, int limit) {
    return database
        .sql(
            "select "
                + AuditRows.COLUMNS
                + """
                 from audit_entry where stream = :stream and sequence > :after
                order by sequence limit :limit
                """)
        .param("stream", stream.name())
        .param("after", afterSequence)
        .param("limit", limit)
        .query(rows::entry)
        .list();
  }

  /**
   * Entries of all streams in the order in which their transactions began, and only those before
   * which nothing can be committed any more: a reader that follows the cursor misses none.
   */
  Page page(Filter filter, Optional<AuditCursor> after, int limit) {
    var found =
        database
            .sql(
                "select "
                    + AuditRows.COLUMNS
                    + """
                     from audit_entry
                    where transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                      and (transaction_id, position) > (:transaction::text::xid8, :position)
                    """
                    + conditions(filter)
                    + "order by transaction_id, position limit :limit")
            .param("transaction", after.map(AuditCursor::transaction).orElse(0L))
            .param("position", after.map(AuditCursor::position).orElse(0L))
            .param("stream", filter.stream().map(AuditStream::name).orElse(null))
            .param("type", filter.type().orElse(null))
            .param("actor", filter.actor().orElse(null))
            .param("from", filter.from().map(Timestamps::of).orElse(null))
            .param("to", filter.to().map(Timestamps::of).orElse(null))
            .param("limit", limit + 1)
            .query((row, number) ->
                new Placed(
                    rows.entry(row, number),
                    cursor(row.getString("transaction"), row.getLong("position"))))
            .list();
    var page = Slice.of(found, limit);
    return new Page(page.items().stream().map(Placed::entry).toList(), page.next(Placed::cursor));
  }

  /** Only those that there are: with others, PostgreSQL might plan for all of them at once. */
  private static String conditions(Filter filter) {
    return Stream.of(
            filter.stream().map(_ -> "and stream = :stream "),
            filter.type().map(_ -> "and type = :type "),
            filter.actor().map(_ -> "and actor_subject = :actor "),
            filter.from().map(_ -> "and occurred_at >= :from "),
            filter.to().map(_ -> "and occurred_at < :to "))
        .flatMap(Optional::stream)
        .collect(Collectors.joining());
  }

  private record Placed(AuditEntry entry, AuditCursor cursor) {}

  private static AuditCursor cursor(String transaction, long position) {
    return new AuditCursor(Long.parseLong(transaction), position);
  }
}
