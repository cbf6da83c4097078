package dev.baton.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of a fleet's failovers once all is calm, whatever went wrong before. */
record Verdict(AuditChains audit, NavigableMap<String, Long> ends, List<String> violations) {

  /**
   * How an accepted failover may end: also where a rescue or policy came between, without a call.
   */
  private static final Set<String> ENDS =
      Set.of("SUCCEEDED PROMOTED", "CANCELLED NONE", "DENIED NONE");

  /** A failover as the database has it. */
  private record Row(String id, String datastore, String status, String effect, int intents) {
    static Row of(String text) {
      var columns = text.split(" ");
      return new Row(columns[0], columns[1], columns[2], columns[3], Integer.parseInt(columns[4]));
    }
  }

  /**
   * Looks at everything.
   *
   * @param accepted the failovers that were answered with 202, with their datastores
   */
  static Verdict on(Fleet fleet, BatonProcess seenFrom, Map<String, String> accepted) {
    var rows =
        fleet
            .database
            .rows(
                """
                select concat_ws(' ', id, global_replication_group_id, status, effect,
                    (select count(*) from failover_attempt where failover_id = id))
                  from failover order by requested_at
                """)
            .stream()
            .map(Row::of)
            .toList();
    var audit = AuditChains.read(seenFrom);
    List<String> violations = new ArrayList<>();
    NavigableMap<String, Long> ends = new TreeMap<>();
    for (var row : rows) {
      ends.merge(row.status() + " " + row.effect(), 1L, Long::sum);
      if (!ENDS.contains(row.status() + " " + row.effect()) && accepted.containsKey(row.id())) {
        violations.add("accepted, but %s:\n%s".formatted(row, audit.trail(row.id())));
      }
      if (!row.status().equals("DENIED") && !accepted.containsKey(row.id())) {
        violations.add(
            "nobody knows to have asked for %s:\n%s".formatted(row, audit.trail(row.id())));
      }
    }
    var found = rows.stream().map(Row::id).toList();
    accepted.keySet().stream()
        .filter(id -> !found.contains(id))
        .forEach(id -> violations.add("accepted and lost: " + id));
    effects(fleet, rows, audit, violations);
    audit.broken().forEach(stream -> violations.add("broken chain: " + stream));
    fleet
        .database
        .rows(
            """
            select task_name || ' ' || task_instance from scheduled_tasks
             where task_name not in ('observer', 'idempotency-key-expiry')
            """)
        .forEach(task -> violations.add("a task is left: " + task));
    return new Verdict(audit, ends, violations);
  }

  private static void effects(
      Fleet fleet, List<Row> rows, AuditChains audit, List<String> violations) {
    var calls = fleet.simulator.calls();
    for (var datastore : new TreeSet<>(rows.stream().map(Row::datastore).toList())) {
      var of = rows.stream().filter(row -> row.datastore().equals(datastore)).toList();
      var trails = new StringBuilder();
      of.forEach(row -> trails.append("  ").append(row).append('\n').append(audit.trail(row.id())));
      var promotions = fleet.simulator.effectivePromotions(datastore);
      var promoted = of.stream().filter(row -> row.effect().equals("PROMOTED")).count();
      if (promotions != promoted) {
        violations.add(
            "%s: %d effective promotions, %d failovers with effect PROMOTED:%n%s"
                .formatted(datastore, promotions, promoted, trails));
      }
      var intents = of.stream().mapToInt(Row::intents).sum();
      var called =
          calls.stream()
              .filter(call -> call.action().equals(Window.CALL))
              .filter(call -> call.globalReplicationGroupId().equals(datastore))
              .count();
      if (called > intents) {
        violations.add(
            "%s: %d calls, but only %d recorded intents:%n%s"
                .formatted(datastore, called, intents, trails));
      }
    }
  }
}
