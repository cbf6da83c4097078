package dev.baton.failover;

import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.Observations;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody moves a primary with another tool. */
@BatonTest
@TestPropertySource(properties = "baton.observer.idle=500ms")
class MoveElsewhereTests {
  private static final AccountId ACCOUNT = new AccountId("000000000000");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Autowired private RunningBaton baton;
  @Autowired private Observations observations;
  @Autowired private JdbcClient database;
  @Autowired private InstantSource clock;

  @Test
  void isRecordedOnceAndShown() throws Exception {
    var datastore = known();

    baton.promoteWithoutBaton(datastore, IRELAND, "euw1");

    var lastMove = awaitMoveTo(datastore, IRELAND);
    assertThat(lastMove.path("from").stringValue()).isEqualTo(VIRGINIA);
    assertThat(lastMove.has("failoverId")).isFalse();
    awaitEveryRegionShows(datastore, IRELAND);
    var recorded = movesOf(datastore);
    assertThat(recorded).hasSize(1);
    var data = recorded.getFirst();
    assertThat(data.path("fromRegion").stringValue()).isEqualTo(VIRGINIA);
    assertThat(data.path("toRegion").stringValue()).isEqualTo(IRELAND);
    assertThat(data.path("firstSeenAt")).isEqualTo(lastMove.path("observedAt"));
  }

  @Test
  void isRecordedOnceWhereManyObserversSeeItAtTheSameTime() throws Exception {
    var id = new GlobalDatastoreId(RunningBaton.newId());
    var began = clock.instant();
    see(id, VIRGINIA, VIRGINIA, began.minusSeconds(20));
    see(id, OREGON, VIRGINIA, began.minusSeconds(20));

    var together = new CyclicBarrier(8);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var looks =
          Stream.of(VIRGINIA, OREGON)
              .flatMap(region -> Stream.generate(() -> region).limit(4))
              .<Callable<Void>>map(region ->
                  () -> {
                    together.await();
                    see(id, region, OREGON, began);
                    return null;
                  })
              .toList();
      for (var one : threads.invokeAll(looks)) {
        one.get();
      }
    }

    assertThat(movesOf(id.value())).hasSize(1);
  }

  @Test
  void isRecordedAlsoWhileTheOldPrimarysRegionIsDark() throws Exception {
    var datastore = known();
    baton.aws().darken(VIRGINIA, Darkness.SILENT);

    baton.promoteWithoutBaton(datastore, OREGON, "usw2");

    awaitMoveTo(datastore, OREGON);
    assertThat(movesOf(datastore)).hasSize(1);
  }

  @Test
  void isRecordedAgainWhenThePrimaryIsMovedBack() throws Exception {
    var datastore = known();
    baton.promoteWithoutBaton(datastore, IRELAND, "euw1");
    awaitMoveTo(datastore, IRELAND);

    baton.promoteWithoutBaton(datastore, VIRGINIA, "use1");
    awaitMoveTo(datastore, VIRGINIA);

    assertThat(movesOf(datastore)).hasSize(2);
  }

  @Test
  void isNotWhatAFailoverOfBatonsDid() {
    var datastore = known();
    for (var target : List.of(OREGON, IRELAND, VIRGINIA)) {
      var id = baton.accepted(Ask.failover(datastore).to(target));
      baton.awaitEnd(id, "SUCCEEDED");

      awaitEveryRegionShows(datastore, target);
      var lastMove = shown(datastore).path("lastMove");
      assertThat(lastMove.path("to").stringValue()).isEqualTo(target);
      assertThat(lastMove.path("failoverId").stringValue()).isEqualTo(id);
    }
    assertThat(movesOf(datastore)).isEmpty();
  }

  @Test
  void isNotWhatAFailoverDidWhoseAnswerWasLost() {
    var datastore = known();
    baton.strike(datastore, Fault.cutAfter(), 1);

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    awaitEveryRegionShows(datastore, OREGON);
    assertThat(movesOf(datastore)).isEmpty();
  }

  @Test
  void endsAFailoverThatExpectedThePrimaryWhereItWas() throws Exception {
    var datastore = known();
    var id = baton.waiting(Ask.failover(datastore).with("expectedPrimaryRegion", VIRGINIA));

    baton.promoteWithoutBaton(datastore, IRELAND, "euw1");

    var failed = baton.awaitEnd(id, "FAILED");
    assertThat(failed.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(failed.path("explanation").stringValue())
        .contains("expected in us-east-1 but is in eu-west-1");
    assertThat(callsFor(datastore, OREGON)).isEqualTo(RunningBaton.THROTTLED);
    awaitMoveTo(datastore, IRELAND);
  }

  @Test
  void leadsAFailoverThatExpectedNothingAwayFromWhereThePrimaryIsNow() throws Exception {
    var datastore = known();
    var id = baton.waiting(Ask.failover(datastore));

    baton.promoteWithoutBaton(datastore, IRELAND, "euw1");

    var succeeded = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(succeeded.path("sourceRegion").stringValue()).isEqualTo(IRELAND);
    assertThat(baton.eventTypes(id)).contains("SOURCE_MOVED");
    var moved =
        baton.events(id).stream()
            .filter(event -> event.path("type").stringValue().equals("SOURCE_MOVED"))
            .toList();
    assertThat(moved).hasSize(1);
    assertThat(moved.getFirst().path("data").path("formerSourceRegion").stringValue())
        .isEqualTo(VIRGINIA);
  }

  /** A Global datastore whose primary Baton has on record. */
  private String known() {
    var datastore = baton.datastore();
    awaitEveryRegionShows(datastore, VIRGINIA);
    Awaitility.await()
        .atMost(MINUTE)
        .until(() ->
            database
                .sql("select count(*) from recorded_primary where global_replication_group_id = ?")
                .param(datastore)
                .query(Integer.class)
                .single()
                .equals(1));
    return datastore;
  }

  private long callsFor(String datastore, String target) {
    return baton.calls(datastore).stream()
        .filter(call -> target.equals(call.parameters().get("PrimaryRegion")))
        .count();
  }

  private JsonNode shown(String datastore) {
    return baton.alice().get("/v1/global-datastores/" + datastore).json();
  }

  private JsonNode awaitMoveTo(String datastore, String region) {
    return Awaitility.await()
        .atMost(MINUTE.multipliedBy(2))
        .until(
            () -> shown(datastore).path("lastMove"),
            move -> region.equals(move.path("to").asString("")));
  }

  /** Until each has looked at it, settled and with its primary there. */
  private void awaitEveryRegionShows(String datastore, String primary) {
    var region = new Region(primary);
    Awaitility.await()
        .atMost(MINUTE)
        .until(
            () -> observations.latest(ACCOUNT, new GlobalDatastoreId(datastore)),
            views ->
                views.size() == 3
                    && views.stream()
                        .map(Observation::datastore)
                        .allMatch(shown ->
                            shown.isSettled()
                                && shown.primary().orElseThrow().region().equals(region)));
  }

  /** From the table: the audit log waits for older transactions before it shows an entry. */
  private List<JsonNode> movesOf(String datastore) {
    return database
        .sql("select data from audit_entry where stream = ? and type = 'PRIMARY_MOVED_EXTERNALLY'")
        .param("global-datastore/" + ACCOUNT + "/" + datastore)
        .query(String.class)
        .list()
        .stream()
        .map(data -> JsonMapper.shared().readTree(data))
        .toList();
  }

  /** A look at a Region, which shows the primary there. */
  private void see(GlobalDatastoreId id, String region, String primary, Instant beganAt) {
    observations.record(ACCOUNT, new Region(region), beganAt, List.of(datastore(id, primary)));
  }

  private static GlobalDatastore datastore(GlobalDatastoreId id, String primary) {
    var members =
        Stream.of(VIRGINIA, OREGON)
            .map(Region::new)
            .map(region ->
                region.name().equals(primary)
                    ? Scenes.primaryIn(region)
                    : Scenes.secondaryIn(region))
            .toList();
    return new GlobalDatastore(
        id, "", "available", "", "", "", members, false, List.of(), false, false, false, "");
  }
}
