package dev.baton.bench;

import dev.baton.process.BatonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance takes with years behind it, against one with as much as fills a page: the same
 * requests, to one and the other in turn.
 */
final class Growth implements Section {
  private static final Logger LOG = LoggerFactory.getLogger(Growth.class);
  private static final int ENTRIES_OF_EACH = 10;
  private static final int LITTLE = 200;
  private static final int DATASTORES = 1_000;

  /** Those with a page of history on either side. */
  private static final int WITH_HISTORY = 4;

  private static final int AT_ONCE = 1_000;
  private static final int PAGE = 200;

  @Override
  public String name() {
    return "growth";
  }

  /** An instance, its database, and a few of the failovers in it. */
  private record Side(BatonProcess instance, String database, List<String> failovers) {}

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application)) {
      var many = scale.of(500_000, 20_000);
      var datastores = bed.datastores("growth", DATASTORES);
      var young = side(bed, scale, "young", LITTLE, WITH_HISTORY, datastores.get(DATASTORES - 1));
      var old = side(bed, scale, "old", many, DATASTORES, datastores.get(DATASTORES - 2));

      var figures = new ArrayList<Figure>();
      requests(bed, datastores)
          .forEach((what, request) -> {
            var ratios = new ArrayList<Double>();
            var times = new ArrayList<Double>();
            median(bed, young, request, scale.of(100, 20));
            median(bed, old, request, scale.of(100, 20));
            for (int round = 0; round < scale.of(5, 3); round++) {
              var before = median(bed, young, request, scale.of(60, 20));
              var after = median(bed, old, request, scale.of(60, 20));
              times.add(after);
              ratios.add(after / before);
            }
            figures.add(Figure.of(what, Median.of(times), "ms"));
            figures.add(
                Figure.ratio("of what it takes with little", Median.of(ratios)).atMost(1.25));
          });
      figures.addAll(catchingUp(bed, old, many));
      return figures;
    }
  }

  /** What is asked for, by the number of the request. */
  private interface Request {
    byte[] of(Side side, int number);
  }

  private static Map<String, Request> requests(Bed bed, List<String> datastores) {
    var requests = new LinkedHashMap<String, Request>();
    requests.put(
        "accepting one",
        (_, number) -> Accepts.request(bed, datastores.get(number % datastores.size())));
    requests.put("reading one", get(bed, side -> number -> "/v1/failovers/" + one(side, number)));
    requests.put("a page of the list", get(bed, _ -> _ -> "/v1/failovers?limit=50"));
    requests.put(
        "the history of a Global datastore",
        get(
            bed,
            _ ->
                number ->
                    "/v1/failovers?limit=50&globalReplicationGroupId="
                        + datastores.get(number % WITH_HISTORY)));
    requests.put(
        "the audit entries of a failover",
        get(bed, side -> number -> "/v1/audit?stream=failover/" + one(side, number)));
    requests.put(
        "what happened within the last hour",
        get(bed, _ -> _ -> "/v1/audit?limit=50&from=" + Instant.now().minusSeconds(3_600)));
    requests.put("a page of the audit log", get(bed, _ -> _ -> "/v1/audit?limit=" + PAGE));
    return requests;
  }

  private static Request get(Bed bed, Function<Side, IntFunction<String>> path) {
    return (side, number) -> Wire.get(path.apply(side).apply(number), bed.token);
  }

  private static String one(Side side, int number) {
    return side.failovers().get(number % side.failovers().size());
  }

  private static double median(Bed bed, Side side, Request request, int count) {
    var millis = new ArrayList<Double>();
    try (var wire = new Wire(side.instance().port())) {
      for (int number = 0; number < count; number++) {
        var bytes = request.of(side, number);
        var began = System.nanoTime();
        var answer = wire.send(bytes);
        millis.add((System.nanoTime() - began) / 1e6);
        if (answer.status() / 100 != 2) {
          throw new IllegalStateException("%d: %s".formatted(answer.status(), answer.body()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forget(bed, side);
    return Median.of(millis);
  }

  /** What an hour's pause leaves to read, and four times that: each entry takes as long. */
  private static List<Figure> catchingUp(Bed bed, Side side, int many) throws IOException {
    var entries = Math.min(10_000, many);
    var ratios = new ArrayList<Double>();
    var rates = new ArrayList<Double>();
    read(bed, side, entries);
    for (int round = 0; round < 3; round++) {
      var few = read(bed, side, entries);
      var more = read(bed, side, 4 * entries);
      rates.add(4 * entries / more);
      ratios.add(more / 4 / few);
    }
    return List.of(
        Figure.of("catching up with the audit log", Median.of(rates), "entries/s"),
        Figure.ratio("an entry of four times as many, of one", Median.of(ratios)).atMost(1.25));
  }

  /** Seconds that it takes to read so many entries, page by page. */
  private static double read(Bed bed, Side side, int entries) throws IOException {
    var began = System.nanoTime();
    var cursor = "";
    try (var wire = new Wire(side.instance().port())) {
      for (int read = 0; read < entries; read += PAGE) {
        var page = wire.send(Wire.get("/v1/audit?limit=" + PAGE + cursor, bed.token));
        var next = Bed.JSON.readTree(page.body()).path("nextCursor");
        if (next.isMissingNode()) {
          throw new IllegalStateException("only %d entries to read".formatted(read));
        }
        cursor = "&cursor=" + next.asString();
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static Side side(
      Bed bed, Scale scale, String name, int failovers, int spread, String datastore)
      throws IOException {
    run(bed, "postgres", "create database " + name);
    var instance =
        bed.start(
            "growth-" + name,
            scale.javaOptions(),
            Map.of("SPRING_DATASOURCE_URL", bed.database.url(name)));
    var first = first(bed, instance, datastore);
    fill(bed, name, first, failovers, spread);
    return new Side(
        instance,
        name,
        bed.database.rowsOf(
            name,
            "select id::text from failover where status = 'SUCCEEDED' order by id limit 100"));
  }

  /** One that succeeded, of which all others are copies. */
  private static String first(Bed bed, BatonProcess instance, String datastore) {
    var id = bed.post(instance, "/v1/failovers", Bed.request(datastore)).path("id").asString();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            bed.get(instance, "/v1/failovers/" + id).path("status").asString().equals("SUCCEEDED"));
    return id;
  }

  /** Spread over two years, each with as many entries; as many transactions as there would be. */
  private static void fill(Bed bed, String database, String first, int failovers, int spread) {
    var began = Instant.now();
    for (int from = 0; from < failovers; from += AT_ONCE) {
      run(
          bed,
          database,
          """
          set synchronous_commit = off;
          with copied as (
            insert into failover
            select copy.* from generate_series(%1$d, %2$d) as number
            cross join failover as first
            cross join lateral jsonb_populate_record(first, jsonb_build_object(
              'id', gen_random_uuid(),
              'global_replication_group_id', 'ldgnf-growth-' || lpad((number %% %3$d)::text, 6, '0'),
              'requested_at', first.requested_at - interval '2 days' - number * interval '2 minutes',
              'finished_at', first.finished_at - interval '2 days' - number * interval '2 minutes')) as copy
            where first.id = '%4$s'
            returning id, requested_at, finished_at
          ), called as (
            insert into failover_attempt
            select attempt.* from copied
            cross join failover_attempt as first
            cross join lateral jsonb_populate_record(
              first, jsonb_build_object('failover_id', copied.id)) as attempt
            where first.failover_id = '%4$s'
          )
          insert into audit_entry
            (stream, sequence, type, actor_subject, actor_kind, occurred_at, data, previous_hash, hash)
          select 'failover/' || copied.id, number, first.type, first.actor_subject,
            first.actor_kind, copied.requested_at, first.data,
            case when number > 1 then encode(sha256(copied.id::text::bytea), 'hex') end,
            encode(sha256((copied.id::text || number)::bytea), 'hex')
          from copied
          cross join generate_series(1, %5$d) as number
          cross join lateral (
            select * from audit_entry
            where stream = 'failover/%4$s' and sequence = 1 + number %% (
              select count(*) from audit_entry where stream = 'failover/%4$s')) as first
          """
              .formatted(
                  from + 1, Math.min(from + AT_ONCE, failovers), spread, first, ENTRIES_OF_EACH));
    }
    run(bed, database, "vacuum analyze");
    run(bed, database, "checkpoint");
    LOG.info("filled {} in {}", database, Duration.between(began, Instant.now()));
  }

  /** Makes the Global datastores free again. */
  private static void forget(Bed bed, Side side) {
    run(
        bed,
        side.database(),
        """
        update failover set status = 'CANCELLED', finished_at = now() where finished_at is null;
        delete from scheduled_tasks where task_name = 'failover'
        """);
  }

  private static void run(Bed bed, String database, String statement) {
    bed.database.run(database, statement);
  }
}
