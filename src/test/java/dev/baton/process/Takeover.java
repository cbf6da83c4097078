package dev.baton.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * How long what an instance was at when it was killed lies idle: from the kill until another
 * instance has picked the task, or has been at it since.
 *
 * @param tasks the tasks of failovers and observers that the instance had picked
 */
record Takeover(TestDatabase database, String victim, Instant killed, List<String> tasks) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Kills an instance. */
  static Takeover byKilling(BatonProcess victim, TestDatabase database) {
    var killed = Instant.now();
    victim.kill();
    var tasks =
        database.rows(
            """
            select task_name || ' ' || task_instance from scheduled_tasks
             where picked and picked_by = ? and task_name in ('failover', 'observer')
            """,
            victim.name());
    return new Takeover(database, victim.name(), killed, tasks);
  }

  /** How long each of the tasks lay idle, once all are taken over. */
  List<Duration> awaitAll() {
    Map<String, Duration> takenOver = new TreeMap<>();
    Awaitility.await("another instance has taken over from " + victim)
        .ignoreExceptions()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          var idle = idle();
          var now = Instant.now();
          for (var task : tasks) {
            if (!idle.contains(task)) {
              takenOver.putIfAbsent(task, Duration.between(killed, now));
            }
          }
          return takenOver.size() == tasks.size();
        });
    return List.copyOf(takenOver.values());
  }

  private List<String> idle() {
    return database.rows(
        """
        select task_name || ' ' || task_instance from scheduled_tasks
         where (picked and picked_by = ?)
            or (not picked and coalesce(last_success, '-infinity') < ?::timestamptz)
        """,
        victim,
        killed.toString());
  }
}
