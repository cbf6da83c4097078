package dev.baton.policy.store;

import dev.baton.core.Actor;
import dev.baton.core.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The versions of the policies in PostgreSQL, and the gate that calls and changes pass. */
@Component
class PolicyTable {
  private static final String COLUMNS =
      "name, version, document, author_subject, author_kind, comment, stored_at";
  private static final String YOUNGEST =
      "select distinct on (name) " + COLUMNS + " from policy_version order by name, version desc";

  private final JdbcClient database;

  PolicyTable(JdbcClient database) {
    this.database = database;
  }

  /** Which version of which policy. */
  record Key(String name, int version) {}

  /** The versions that were in force together. */
  record InForce(long revision, List<Key> versions) {}

  private record Row(long revision, Optional<Key> version) {
    static Row of(ResultSet row, int number) throws SQLException {
      var name = Optional.ofNullable(row.getString("name"));
      var version = row.getInt("version");
      return new Row(row.getLong("revision"), name.map(it -> new Key(it, version)));
    }
  }

  InForce inForce() {
    var rows =
        database
            .sql(
                "select revision, name, version from policy_gate left join ("
                    + YOUNGEST
                    + ") youngest on youngest.document is not null")
            .query(Row::of)
            .list();
    return new InForce(
        rows.getFirst().revision(), rows.stream().flatMap(row -> row.version().stream()).toList());
  }

  /** The policies that are in force, after one, by name. */
  List<PolicyVersion> page(Optional<String> after, int limit) {
    return database
        .sql(
            "select * from ("
                + YOUNGEST
                + ") youngest where document is not null and name > :after order by name limit :limit")
        .param("after", after.orElse(""))
        .param("limit", limit)
        .query(PolicyTable::version)
        .list();
  }

  /** The youngest version, also one that withdraws the policy. */
  Optional<PolicyVersion> youngest(String name) {
    return history(name, Optional.empty(), 1).stream().findFirst();
  }

  Optional<PolicyVersion> version(String name, int version) {
    return database
        .sql("select " + COLUMNS + " from policy_version where name = :name and version = :version")
        .param("name", name)
        .param("version", version)
        .query(PolicyTable::version)
        .optional();
  }

  /** The versions of a policy before one, the youngest first. */
  List<PolicyVersion> history(String name, Optional<Integer> before, int limit) {
    return database
        .sql(
            "select "
                + COLUMNS
                + """
                 from policy_version where name = :name and version < :before
                order by version desc limit :limit
                """)
        .param("name", name)
        .param("before", before.orElse(Integer.MAX_VALUE))
        .param("limit", limit)
        .query(PolicyTable::version)
        .list();
  }

  void add(PolicyVersion version) {
    database
        .sql(
            """
            insert into policy_version
              (name, version, document, author_subject, author_kind, comment, stored_at)
            values (:name, :version, :document, :subject, :kind, :comment, :storedAt)
            """)
        .param("name", version.name())
        .param("version", version.version())
        .param("document", version.text().orElse(null))
        .param("subject", version.author().subject())
        .param("kind", version.author().kind().name())
        .param("comment", version.comment())
        .param("storedAt", Timestamps.of(version.storedAt()))
        .update();
  }

  private static PolicyVersion version(ResultSet row, int number) throws SQLException {
    return new PolicyVersion(
        row.getString("name"),
        row.getInt("version"),
        Optional.ofNullable(row.getString("document")),
        new Actor(
            row.getString("author_subject"), Actor.Kind.valueOf(row.getString("author_kind"))),
        row.getString("comment"),
        row.getObject("stored_at", OffsetDateTime.class).toInstant());
  }
}
