package dev.baton.bench;

import dev.baton.bench.StatementLog.Statement;
import dev.baton.process.BatonProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests for failovers are accepted durably, against PostgreSQL's own benchmark running
 * the SQL of one. They are for later, so that nothing but accepting them is measured.
 */
final class Accepts implements Section {
  private static final int CALLERS = 16;
  private static final int DATASTORES = 1_200;
  private static final Duration LATER = Duration.ofHours(1);

  @Override
  public String name() {
    return "accepts";
  }

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application, StatementLog.SETTINGS)) {
      var datastores = bed.datastores("accept", DATASTORES);
      var settings = Map.of("BATON_AWS_READS_PER_SECOND", "1000");
      var instance = bed.start("accepts", scale.javaOptions(), settings);
      var script = recorded(bed, instance, datastores.iterator());
      setLogging(bed, "none");

      var rates = new ArrayList<Double>();
      var references = new ArrayList<Double>();
      var ratios = new ArrayList<Double>();
      for (int round = 0; round < scale.of(18, 1); round++) {
        forget(bed);
        load(bed, instance, datastores).run(datastores.size());
      }
      for (int round = 0; round < scale.of(5, 3); round++) {
        forget(bed);
        var rate = load(bed, instance, datastores).run(scale.of(1_000, 300)).perSecond();
        forget(bed);
        // It would work on what pgbench stores.
        instance.pause();
        var reference = Pgbench.perSecond(bed.database, script, CALLERS, time(scale));
        forget(bed);
        instance.resume();
        rates.add(rate);
        references.add(reference);
        ratios.add(rate / reference);
      }
      var rate = Median.of(rates);
      var half = atHalf(bed, instance, datastores, rate / 2, scale);
      var median = Median.of(half);
      return List.of(
          Figure.of("accepted a second, 16 callers", rate, "/s"),
          Figure.of("pgbench, the same SQL, 16 clients", Median.of(references), "/s"),
          Figure.ratio("of pgbench's rate", Median.of(ratios)).atLeast(0.5).neverBelow(0.12),
          Figure.of("median at half that load", median, "ms"),
          Figure.ratio("p99 / median at half that load", Median.share(half, 0.99) / median)
              .atMost(5));
    }
  }

  /** Milliseconds; long enough for the observers to look at all Regions meanwhile. */
  private static List<Double> atHalf(
      Bed bed, BatonProcess instance, List<String> datastores, double perSecond, Scale scale) {
    // It has stood still, and catches up with what it has missed.
    load(bed, instance, datastores).run(scale.of(1_000, 300));
    var millis = new ArrayList<Double>();
    for (int round = 0; round < scale.of(3, 1); round++) {
      forget(bed);
      millis.addAll(load(bed, instance, datastores).runAt(perSecond, time(scale)).millis());
    }
    return millis;
  }

  private static Duration time(Scale scale) {
    return scale.of(Duration.ofSeconds(10), Duration.ofSeconds(4));
  }

  /** The SQL of one request, once an instance has seen a few. */
  private static Path recorded(Bed bed, BatonProcess instance, Iterator<String> datastores)
      throws IOException {
    for (int number = 0; number < 20; number++) {
      bed.ask(instance, request(bed, datastores.next()));
    }
    var log = StatementLog.of(bed.database);
    List<List<List<Statement>>> each = new ArrayList<>();
    var own = List.<String>of();
    for (int number = 0; number < 10; number++) {
      var datastore = datastores.next();
      var from = log.end();
      var id = bed.ask(instance, request(bed, datastore)).path("id").asString();
      each.add(log.transactions(from, log.end()));
      own = List.of(id, datastore.substring(6));
    }
    var transactions = StatementLog.inAll(each.removeLast(), each);
    var stored =
        transactions.stream()
            .filter(
                one -> one.stream().anyMatch(it -> it.sql().startsWith("insert into failover ")))
            .findFirst()
            .orElseThrow();
    // What follows it is what the failover's task asks for.
    return PgbenchScript.of(transactions.subList(0, transactions.indexOf(stored) + 1), own)
        .write(Path.of("target/bench/accept.sql").toAbsolutePath());
  }

  private static Load load(Bed bed, BatonProcess instance, List<String> datastores) {
    var next = new AtomicInteger();
    return new Load(
        instance.port(),
        CALLERS,
        () -> request(bed, datastores.get(next.getAndIncrement() % datastores.size())),
        status -> status == 202);
  }

  static byte[] request(Bed bed, String datastore) {
    var later = new HashMap<>(Bed.request(datastore));
    later.put("scheduledFor", Instant.now().plus(LATER).toString());
    return Wire.post("/v1/failovers", bed.token, Bed.JSON.writeValueAsString(later));
  }

  /** Makes the Global datastores free again, as if each failover had been cancelled. */
  private static void forget(Bed bed) {
    run(
        bed,
        "update failover set status = 'CANCELLED', finished_at = now() where finished_at is null",
        "delete from scheduled_tasks where task_name = 'failover'",
        // pgbench's own Global datastores: Baton would go on judging them
        "delete from observation where global_replication_group_id ~ '-[0-9]{12}$'",
        "vacuum analyze failover, scheduled_tasks, observation",
        "checkpoint");
  }

  private static void setLogging(Bed bed, String what) {
    run(bed, "alter system set log_statement = '%s'".formatted(what), "select pg_reload_conf()");
  }

  private static void run(Bed bed, String... statements) {
    try (var connection = bed.database.connect();
        var execution = connection.createStatement()) {
      for (var statement : statements) {
        execution.execute(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused", e);
    }
  }
}
