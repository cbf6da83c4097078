package dev.baton.policy.hold;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.Region;
import dev.baton.core.Timestamps;
import dev.baton.policy.HoldScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The holds in PostgreSQL. */
@Component
public class HoldTable {
  private static final String ALL = "select * from hold where ";
  private static final String STANDING =
      "ended_at is null and (expires_at is null or expires_at > :now) ";

  private final JdbcClient database;

  HoldTable(JdbcClient database) {
    this.database = database;
  }

  /** Those that hold something back. */
  public List<Hold> standing(Instant now) {
    return database
        .sql(ALL + STANDING + "order by set_at, id")
        .param("now", Timestamps.of(now))
        .query(HoldTable::hold)
        .list();
  }

  /**
   * Some of them, the youngest first.
   *
   * @param standing whether those are wanted that hold something back; the others if not
   * @param before where the page before ended
   */
  List<Hold> page(boolean standing, Instant now, Optional<HoldCursor> before, int limit) {
    return database
        .sql(
            ALL
                + (standing ? "(" : "not (")
                + STANDING
                + """
                ) and (set_at, id) < (:setAt, :id)
                order by set_at desc, id desc limit :limit
                """)
        .param("now", Timestamps.of(now))
        .param("setAt", Timestamps.of(before.map(HoldCursor::setAt).orElse(HoldCursor.LATEST)))
        .param("id", before.map(HoldCursor::id).orElse(HoldCursor.HIGHEST))
        .param("limit", limit)
        .query(HoldTable::hold)
        .list();
  }

  Optional<Hold> find(UUID id) {
    return database.sql(ALL + "id = :id").param("id", id).query(HoldTable::hold).optional();
  }

  void add(Hold hold) {
    database
        .sql(
            """
            insert into hold
              (id, scope, scope_value, reason, set_by_subject, set_by_kind, set_at, expires_at)
            values (:id, :scope, :value, :reason, :subject, :kind, :setAt, :expiresAt)
            """)
        .param("id", hold.id())
        .param("scope", Kind.of(hold.scope()).name())
        .param("value", Kind.value(hold.scope()))
        .param("reason", hold.reason())
        .param("subject", hold.setBy().subject())
        .param("kind", hold.setBy().kind().name())
        .param("setAt", Timestamps.of(hold.setAt()))
        .param("expiresAt", hold.expiresAt().map(Timestamps::of).orElse(null))
        .update();
  }

  void end(UUID id, Hold.End end) {
    database
        .sql(
            """
            update hold set ended_at = :at, ended_by_subject = :subject, ended_by_kind = :kind,
              end_comment = :comment
            where id = :id and ended_at is null
            """)
        .param("id", id)
        .param("at", Timestamps.of(end.at()))
        .param("subject", end.by().subject())
        .param("kind", end.by().kind().name())
        .param("comment", end.comment())
        .update();
  }

  /** How a scope stands in its two columns. */
  private enum Kind {
    ALL,
    ACCOUNT,
    REGION,
    GLOBAL_DATASTORES;

    static Kind of(HoldScope scope) {
      return switch (scope) {
        case HoldScope.All _ -> ALL;
        case HoldScope.OfAccount _ -> ACCOUNT;
        case HoldScope.OfRegion _ -> REGION;
        case HoldScope.OfGlobalDatastores _ -> GLOBAL_DATASTORES;
      };
    }

    static @Nullable String value(HoldScope scope) {
      return switch (scope) {
        case HoldScope.All _ -> null;
        case HoldScope.OfAccount(var accountId) -> accountId.value();
        case HoldScope.OfRegion(var region) -> region.name();
        case HoldScope.OfGlobalDatastores(var pattern) -> pattern;
      };
    }

    HoldScope scope(String value) {
      return switch (this) {
        case ALL -> new HoldScope.All();
        case ACCOUNT -> new HoldScope.OfAccount(new AccountId(value));
        case REGION -> new HoldScope.OfRegion(new Region(value));
        case GLOBAL_DATASTORES -> new HoldScope.OfGlobalDatastores(value);
      };
    }
  }

  private static Hold hold(ResultSet row, int number) throws SQLException {
    return new Hold(
        row.getObject("id", UUID.class),
        Kind.valueOf(row.getString("scope"))
            .scope(Optional.ofNullable(row.getString("scope_value")).orElse("")),
        row.getString("reason"),
        new Actor(
            row.getString("set_by_subject"), Actor.Kind.valueOf(row.getString("set_by_kind"))),
        row.getObject("set_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        end(row));
  }

  private static Optional<Hold.End> end(ResultSet row) throws SQLException {
    var at = row.getObject("ended_at", OffsetDateTime.class);
    return at == null
        ? Optional.empty()
        : Optional.of(
            new Hold.End(
                new Actor(
                    row.getString("ended_by_subject"),
                    Actor.Kind.valueOf(row.getString("ended_by_kind"))),
                at.toInstant(),
                row.getString("end_comment")));
  }
}
