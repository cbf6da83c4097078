package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessScenes.OREGON;
import static dev.baton.globaldatastore.ReadinessScenes.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.ObservationTable.View;
import dev.baton.globaldatastore.ReadinessJudge.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What a look costs in a Region with a thousand Global datastores, of an account of its own. */
@BatonTest
class ReadinessScaleTests {
  private static final AccountId ACCOUNT = new AccountId("999988887701");
  private static final Place PLACE = new Place(ACCOUNT, OREGON);
  private static final int MANY = 1_000;
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final ObserverProperties PAUSES =
      new ObserverProperties(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(15));

  @Autowired private ObservationTable observationTable;
  @Autowired private ReadinessTable readinessTable;
  @Autowired private SurveyTable surveyTable;
  @Autowired private LastFailovers lastFailovers;
  @Autowired private TransactionOperations transactions;
  @Autowired private JdbcClient database;

  private final ConcurrentLinkedQueue<String> statements = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Set<ReplicationGroupId>> asked =
      new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> surveyed = new ConcurrentLinkedQueue<>();
  private volatile Instant now = NOON;

  @BeforeEach
  @AfterEach
  void clear() {
    for (var table : List.of("observation", "readiness", "survey")) {
      database
          .sql("delete from %s where account_id = ?".formatted(table))
          .param(ACCOUNT.value())
          .update();
    }
  }

  @Test
  void takesAsManyStatementsForAThousandAsForOne() {
    var keeper = keeper();
    see(0, 1);
    keeper.look(looked());
    var forOne = List.copyOf(statements);

    see(1, MANY);
    statements.clear();
    now = NOON.plusSeconds(20);
    keeper.look(looked());

    assertThat(statements).containsExactlyElementsOf(forOne).hasSizeLessThan(10);
    assertThat(readinessTable.of(ACCOUNT, ids(MANY))).hasSize(MANY);
  }

  @Test
  void writesNothingWhereNothingHasChanged() {
    var keeper = keeper();
    see(0, MANY);
    keeper.look(looked());
    var before = rows();

    statements.clear();
    now = NOON.plusSeconds(30);
    keeper.look(looked());
    assertThat(statements).isNotEmpty().noneMatch(it -> it.startsWith("keep"));
    assertThat(rows()).isEqualTo(before);

    now = NOON.plusSeconds(60);
    keeper.look(looked());
    assertThat(rows()).isNotEqualTo(before);
    assertThat(readinessTable.of(ACCOUNT, ids(1)).values())
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.since()).isEqualTo(NOON);
          assertThat(kept.judgedAt()).isEqualTo(now);
        });
  }

  @Test
  void looksOnlyAtWhatIsUnderWayWhileItLooksOften() {
    var keeper = keeper();
    see(0, 2);
    keeper.look(looked());
    var other = target(1);

    now = NOON.plusSeconds(61);
    keeper.look(looked());
    now = now.plusSeconds(1);
    transactions.executeWithoutResult(
        _ -> List.of(0, 1).forEach(number -> see(number, OREGON, "modifying", now)));
    keeper.look(new RegionLook(PLACE, false, Set.of(id(0))));

    var kept = readinessTable.of(ACCOUNT, ids(2));
    assertThat(kept.get(target(0)).readiness().toString()).contains("STATUS");
    assertThat(kept.get(other).readiness().toString()).doesNotContain("STATUS");
  }

  @Test
  void judgesOnceForAllRegionsWhatDidNotChangeMeanwhile() {
    var keeper = keeper();
    see(0, 2);
    keeper.look(looked());

    statements.clear();
    now = NOON.plusSeconds(2);
    keeper.look(new RegionLook(new Place(ACCOUNT, VIRGINIA), false, Set.of()));
    assertThat(statements).isNotEmpty().noneMatch(it -> it.startsWith("latest"));

    now = NOON.plusSeconds(30);
    keeper.look(looked());
    now = now.plusSeconds(2);
    transactions.executeWithoutResult(
        _ -> List.of(0, 1).forEach(number -> see(number, VIRGINIA, "modifying", now)));
    keeper.change(new ObservedChange(ACCOUNT, VIRGINIA, List.of(id(1))));
    keeper.look(new RegionLook(new Place(ACCOUNT, VIRGINIA), false, Set.of()));

    var kept = readinessTable.of(ACCOUNT, ids(2));
    assertThat(kept.get(target(0)).readiness().toString()).doesNotContain("VIEWS_DIFFER");
    assertThat(kept.get(target(1)).readiness().toString()).contains("VIEWS_DIFFER");
  }

  @Test
  void forgetsWhatNoRegionShowsAnyMore() {
    var keeper = keeper();
    see(0, 3);
    keeper.look(looked());
    database
        .sql("delete from observation where account_id = ? and global_replication_group_id = ?")
        .param(ACCOUNT.value())
        .param(id(1).value())
        .update();

    now = NOON.plusSeconds(30);
    keeper.look(looked());

    assertThat(readinessTable.of(ACCOUNT, ids(3))).containsOnlyKeys(target(0), target(2));
  }

  @Test
  void asksARegionSeldomForAllAndSoonerForANewSecondary() {
    var surveys = surveys(observations());
    see(0, MANY);

    for (int seconds = 0; seconds < 300; seconds += 1) {
      now = NOON.plusSeconds(seconds);
      ask(surveys, false);
    }
    assertThat(asked).hasSize(1);
    assertThat(asked.peek()).hasSize(MANY);
    assertThat(surveyed).hasSize(1);

    now = NOON.plusSeconds(300);
    ask(surveys, false);
    assertThat(asked).hasSize(2);

    for (int seconds = 301; seconds <= 360; seconds += 1) {
      now = NOON.plusSeconds(seconds);
      ask(surveys, true);
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void asksOnceForAllInstances() {
    var one = surveys(observations());
    var other = surveys(observations());
    see(0, 2);

    ask(one, false);
    now = NOON.plusSeconds(1);
    ask(other, false);

    assertThat(asked).hasSize(1);
    var kept = surveyTable.of(ACCOUNT, Set.of(group(0, OREGON)));
    assertThat(kept.lags(OREGON).of(group(0, OREGON), Duration.ofMinutes(1), now)).isPresent();
    assertThat(kept.lags(OREGON).of(group(1, OREGON), Duration.ofMinutes(1), now)).isEmpty();
    assertThat(kept.groups(OREGON).of(group(0, OREGON), Duration.ofMinutes(1), now))
        .map(ReplicationGroup::cacheNodeType)
        .contains("cache.r7g.large");
    assertThat(kept.lags(OREGON).of(group(0, OREGON), Duration.ofMinutes(1), NOON.plusSeconds(61)))
        .isEmpty();
  }

  @Test
  void keepsTheLastAnswerAndWhyThereIsNoNewOne() {
    surveyTable.claim(PLACE, SurveySubject.LAGS, NOON, NOON);
    Map<ReplicationGroupId, ReplicationLag> lags =
        Map.of(
            group(0, OREGON), new ReplicationLag.Known(Duration.ofMillis(1_250), NOON, NOON),
            group(1, OREGON), new ReplicationLag.Unknown("nothing was measured"));
    surveyTable.keepLags(PLACE, NOON, lags);
    surveyTable.keepFailure(PLACE, SurveySubject.LAGS, "AccessDenied: no");

    var kept = surveyTable.of(ACCOUNT, lags.keySet()).lags(OREGON);

    assertThat(kept.failure()).contains("AccessDenied: no");
    assertThat(kept.answer()).isEqualTo(lags);
  }

  private static void ask(Surveys surveys, boolean isIncomplete) {
    surveys.due(PLACE, isIncomplete, _ -> {}).ifPresent(Runnable::run);
  }

  private RegionLook looked() {
    return new RegionLook(PLACE, false, Set.of());
  }

  private List<String> rows() {
    return database
        .sql("select xmin || ' ' || judged_at from readiness where account_id = ? order by 1")
        .param(ACCOUNT.value())
        .query(String.class)
        .list();
  }

  private ReadinessKeeper keeper() {
    var observations = observations();
    var judge =
        new ReadinessJudge(
            observations,
            counted(SurveyTable.class, surveyTable),
            counted(LastFailovers.class, lastFailovers),
            PAUSES,
            properties(),
            clock());
    return new ReadinessKeeper(
        judge,
        counted(ReadinessTable.class, readinessTable),
        observations,
        surveys(observations),
        properties(),
        PAUSES,
        clock());
  }

  private Surveys surveys(Observations observations) {
    return new Surveys(
        new ReplicationGroups() {
          @Override
          public Reading<ReplicationGroup> describe(
              AccountId accountId, Region region, ReplicationGroupId id) {
            throw new UnsupportedOperationException("one by one is too often");
          }

          @Override
          public Reading<List<ReplicationGroup>> describeGroups(
              AccountId accountId, Region region) {
            surveyed.add(region.name());
            return new Reading.Seen<>(
                List.of(
                    new ReplicationGroup(
                        group(0, OREGON),
                        "available",
                        "valkey",
                        "cache.r7g.large",
                        Optional.of(id(0).value()),
                        Optional.empty())),
                now);
          }
        },
        (_, _, secondaries) -> {
          asked.add(secondaries);
          return new Reading.Seen<>(
              Map.of(group(0, OREGON), new ReplicationLag.Known(Duration.ofMillis(400), now, now)),
              now);
        },
        observations,
        surveyTable,
        properties(),
        clock());
  }

  private Observations observations() {
    return new Observations(counted(ObservationTable.class, observationTable), _ -> {});
  }

  private InstantSource clock() {
    return () -> now;
  }

  private static ReadinessProperties properties() {
    return new ReadinessProperties(
        Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  /** Each method of a port is one statement. */
  private <T> T counted(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              statements.add(method.getName() + " " + port.getSimpleName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }

  private void see(int from, int to) {
    transactions.executeWithoutResult(_ ->
        IntStream.range(from, to)
            .forEach(number -> {
              see(number, OREGON, "available", NOON);
              see(number, VIRGINIA, "available", NOON);
            }));
  }

  private void see(int number, Region region, String status, Instant at) {
    var datastore =
        new GlobalDatastore(
            id(number),
            "",
            status,
            "cache.r7g.large",
            "valkey",
            "8.0",
            List.of(
                new Member(group(number, VIRGINIA), VIRGINIA, "PRIMARY", "enabled", "associated"),
                new Member(group(number, OREGON), OREGON, "SECONDARY", "enabled", "associated")),
            false,
            List.of(),
            false,
            false,
            false,
            "");
    observationTable.store(
        ACCOUNT, region, at, List.of(new View(datastore, status)), Duration.ofMinutes(1));
  }

  private static List<GlobalDatastoreId> ids(int count) {
    return IntStream.range(0, count).mapToObj(ReadinessScaleTests::id).toList();
  }

  private static GlobalDatastoreId id(int number) {
    return new GlobalDatastoreId("ldgnf-scale-" + number);
  }

  private static Target target(int number) {
    return new Target(id(number), OREGON);
  }

  private static ReplicationGroupId group(int number, Region region) {
    return new ReplicationGroupId("scale-%d-%s".formatted(number, region));
  }
}
