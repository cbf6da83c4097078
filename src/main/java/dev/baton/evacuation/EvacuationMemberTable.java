package dev.baton.evacuation;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.core.Timestamps;
import dev.baton.evacuation.EvacuationProcess.Wave;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** What evacuations consist of, in PostgreSQL. Their failovers are read here, never changed. */
@Component
class EvacuationMemberTable {
  /** Where a member stands. */
  private static final String STATUS = "coalesce(m.outcome, f.status, 'NOT_STARTED')";

  private static final String MEMBERS =
      " from evacuation_member m left join failover f on f.id = m.failover_id "
          + "where m.evacuation_id = :id ";

  /** What policy says against a failover that is denied. */
  private static final String REFUSALS =
      """
      (select string_agg('policy refuses it, rule ' || (rule ->> 'policy') || '/'
           || (rule ->> 'rule') || ': ' || (rule ->> 'seen'), '; ')
         from jsonb_array_elements(f.decision -> 'rules') rule
         where f.status = 'DENIED' and rule ->> 'outcome' = 'REFUSED')
      """;

  private static final String MEMBER =
      "select m.*, "
          + STATUS
          + " as standing, coalesce(m.why, "
          + REFUSALS
          + ", f.cause) as because";

  private final JdbcClient database;
  private final NamedParameterJdbcOperations batches;

  EvacuationMemberTable(JdbcClient database, NamedParameterJdbcOperations batches) {
    this.database = database;
    this.batches = batches;
  }

  void add(UUID id, List<EvacuationMember> members) {
    batches.batchUpdate(
        """
        insert into evacuation_member
          (evacuation_id, position, wave, account_id, global_replication_group_id,
           source_region, source_replication_group_id, target_region,
           target_replication_group_id, readiness, lag_seconds, failback_of, ended, outcome,
           why)
        values (:id, :position, :wave, :account, :datastore, :source, :sourceGroup, :target,
          :targetGroup, :readiness, :lag, :failbackOf, :leftOut,
          case when :leftOut then 'LEFT_OUT' end, :why)
        """,
        members.stream().map(member -> parameters(id, member)).toArray(SqlParameterSource[]::new));
  }

  private static MapSqlParameterSource parameters(UUID id, EvacuationMember member) {
    var move = member.move();
    return new MapSqlParameterSource()
        .addValue("id", id)
        .addValue("position", member.position())
        .addValue("wave", member.wave())
        .addValue("account", member.accountId().value())
        .addValue("datastore", member.globalReplicationGroupId().value())
        .addValue("source", move.map(it -> it.source().name()).orElse(null))
        .addValue("sourceGroup", move.map(it -> it.sourceGroup().value()).orElse(null))
        .addValue("target", move.map(it -> it.target().name()).orElse(null))
        .addValue("targetGroup", move.map(it -> it.targetGroup().value()).orElse(null))
        .addValue("readiness", member.readiness().map(Enum::name).orElse(null))
        .addValue("lag", member.lagSeconds().orElse(null))
        .addValue("failbackOf", member.failbackOf().orElse(null))
        .addValue("leftOut", move.isEmpty())
        .addValue("why", member.why().orElse(null));
  }

  /** Notes of members whose failover is over that nothing more happens to them. */
  void endFinished(UUID id) {
    database
        .sql(
            """
            update evacuation_member m set ended = true from failover f
            where m.evacuation_id = :id and f.id = m.failover_id and not m.ended
              and f.finished_at is not null
            """)
        .param("id", id)
        .update();
  }

  /** How many members of each wave stand where, without those that were left out of the plan. */
  List<Wave> waves(UUID id) {
    record Row(int wave, String status, int count, @Nullable Instant lastEnd) {}
    var rows =
        database
            .sql(
                "select m.wave, "
                    + STATUS
                    + " as status, count(*) as members, max(f.finished_at) as last_end"
                    + MEMBERS
                    + "and m.wave > 0 group by 1, 2 order by 1, 2")
            .param("id", id)
            .query((row, _) ->
                new Row(
                    row.getInt("wave"),
                    row.getString("status"),
                    row.getInt("members"),
                    lastEnd(row)))
            .list();
    var tallies = new TreeMap<Integer, List<Tally>>();
    for (var row : rows) {
      tallies
          .computeIfAbsent(row.wave(), _ -> new ArrayList<>())
          .add(new Tally(Map.of(row.status(), row.count()), Optional.ofNullable(row.lastEnd())));
    }
    return tallies.entrySet().stream()
        .map(wave -> new Wave(wave.getKey(), Tally.sum(wave.getValue())))
        .toList();
  }

  List<EvacuationMember> notStarted(UUID id, int wave, int limit) {
    return select(
            id,
            "and m.wave = :wave and not m.ended and m.failover_id is null"
                + " order by m.position limit :limit")
        .param("wave", wave)
        .param("limit", limit)
        .query(EvacuationMemberTable::member)
        .list();
  }

  /** Whether it is this failover that the member starts with: not if it has another, or ended. */
  boolean started(UUID id, int position, UUID failoverId) {
    return database
            .sql(
                """
                update evacuation_member set failover_id = :failover
                where evacuation_id = :id and position = :position and failover_id is null
                  and not ended
                """)
            .param("id", id)
            .param("position", position)
            .param("failover", failoverId)
            .update()
        == 1;
  }

  void endWithout(UUID id, int position, EvacuationMember.Outcome outcome, String why) {
    database
        .sql(
            """
            update evacuation_member set ended = true, outcome = :outcome, why = :why
            where evacuation_id = :id and position = :position and failover_id is null
              and not ended
            """)
        .param("id", id)
        .param("position", position)
        .param("outcome", outcome.name())
        .param("why", why)
        .update();
  }

  void cancelNotStarted(UUID id, String why) {
    database
        .sql(
            """
            update evacuation_member set ended = true, outcome = 'CANCELLED', why = :why
            where evacuation_id = :id and failover_id is null and not ended
            """)
        .param("id", id)
        .param("why", why)
        .update();
  }

  /** The failovers for which AWS has not been called. */
  List<UUID> unsent(UUID id) {
    return database
        .sql(
            "select f.id"
                + MEMBERS
                + "and f.status in ('AWAITING_APPROVAL', 'SCHEDULED', 'PENDING')")
        .param("id", id)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /** Has those begin again that failed, as a wave after all others; how many they are. */
  int retry(UUID id) {
    return database
        .sql(
            """
            update evacuation_member set ended = false, outcome = null, why = null,
              failover_id = null,
              wave = (select max(wave) + 1 from evacuation_member where evacuation_id = :id)
            where evacuation_id = :id and position in (
              select m.position from evacuation_member m
              left join failover f on f.id = m.failover_id
              where m.evacuation_id = :id and m.wave > 0 and m.ended
                and coalesce(m.outcome, f.status) in
                  ('FAILED', 'DENIED', 'EXPIRED', 'CANCELLED', 'TURNED_AWAY'))
            """)
        .param("id", id)
        .update();
  }

  /** Some members in the order of the plan, those that were left out last. */
  List<EvacuationMember> page(UUID id, int after, int limit) {
    return select(id, "and m.position > :after order by m.position limit :limit")
        .param("after", after)
        .param("limit", limit)
        .query(EvacuationMemberTable::member)
        .list();
  }

  /** Those without a failover that will have none. */
  List<EvacuationMember> leftOut(UUID id, int limit) {
    return select(
            id, "and m.outcome in ('LEFT_OUT', 'TURNED_AWAY') order by m.position limit :limit")
        .param("limit", limit)
        .query(EvacuationMemberTable::member)
        .list();
  }

  /** Those that failed first. */
  List<EvacuationMember> failed(UUID id, int limit) {
    return select(
            id,
            "and "
                + STATUS
                + " in ('FAILED', 'DENIED', 'EXPIRED', 'TURNED_AWAY')"
                + " order by f.finished_at nulls last, m.position limit :limit")
        .param("limit", limit)
        .query(EvacuationMemberTable::member)
        .list();
  }

  /** The one whose failover has been under way longest. */
  Optional<EvacuationMember> oldestUnderWay(UUID id) {
    return select(
            id,
            "and f.finished_at is null and f.id is not null"
                + " order by f.requested_at, m.position limit 1")
        .query(EvacuationMemberTable::member)
        .optional();
  }

  /** Those that were moved. */
  List<EvacuationMember> moved(UUID id) {
    return select(id, "and f.status = 'SUCCEEDED' and f.effect = 'PROMOTED' order by m.position")
        .query(EvacuationMemberTable::member)
        .list();
  }

  int endedSince(UUID id, Instant since) {
    return database
        .sql("select count(*)" + MEMBERS + "and f.status = 'SUCCEEDED' and f.finished_at > :since")
        .param("id", id)
        .param("since", Timestamps.of(since))
        .query(Integer.class)
        .single();
  }

  /** The evacuations that some Global datastores of an account are part of now. */
  Map<GlobalDatastoreId, UUID> partOf(AccountId accountId, Collection<GlobalDatastoreId> ids) {
    var found = new HashMap<GlobalDatastoreId, UUID>();
    database
        .sql(
            """
            select global_replication_group_id, evacuation_id from evacuation_member
            where account_id = :account and global_replication_group_id = any(:ids) and not ended
            """)
        .param("account", accountId.value())
        .param("ids", ids.stream().map(GlobalDatastoreId::value).toArray(String[]::new))
        .query((row, _) ->
            found.put(new GlobalDatastoreId(row.getString(1)), row.getObject(2, UUID.class)))
        .list();
    return found;
  }

  /** Members of an evacuation, as {@link #member} reads them; how it goes on says which. */
  private StatementSpec select(UUID id, String goesOn) {
    return database.sql(MEMBER + MEMBERS + goesOn).param("id", id);
  }

  private static EvacuationMember member(ResultSet row, int number) throws SQLException {
    var lag = row.getDouble("lag_seconds");
    var isLagKnown = !row.wasNull();
    return new EvacuationMember(
        row.getInt("position"),
        row.getInt("wave"),
        new AccountId(row.getString("account_id")),
        new GlobalDatastoreId(row.getString("global_replication_group_id")),
        move(row),
        Optional.ofNullable(row.getString("readiness")).map(ReadinessLevel::valueOf),
        isLagKnown ? Optional.of(lag) : Optional.empty(),
        Optional.ofNullable(row.getObject("failback_of", UUID.class)),
        row.getString("standing"),
        Optional.ofNullable(row.getObject("failover_id", UUID.class)),
        Optional.ofNullable(row.getString("because")).filter(why -> !why.isEmpty()));
  }

  private static Optional<EvacuationMember.Move> move(ResultSet row) throws SQLException {
    return row.getString("target_region") == null
        ? Optional.empty()
        : Optional.of(
            new EvacuationMember.Move(
                new Region(row.getString("source_region")),
                new ReplicationGroupId(row.getString("source_replication_group_id")),
                new Region(row.getString("target_region")),
                new ReplicationGroupId(row.getString("target_replication_group_id"))));
  }

  private static @Nullable Instant lastEnd(ResultSet row) throws SQLException {
    var end = row.getObject("last_end", OffsetDateTime.class);
    return end == null ? null : end.toInstant();
  }
}
