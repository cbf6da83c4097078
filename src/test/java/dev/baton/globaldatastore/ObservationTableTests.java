package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.NoInterference;
import dev.baton.globaldatastore.ObservationTable.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

/** What the schedules keep in memory behaves as what PostgreSQL keeps. */
@BatonTest
class ObservationTableTests {
  private static final AccountId ACCOUNT = new AccountId("999988887777");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration LONGEST_GAP = Duration.ofSeconds(20);
  private static final List<Region> REGIONS =
      Stream.of("us-east-1", "us-west-2").map(Region::new).toList();
  private static final List<GlobalDatastoreId> DATASTORES =
      Stream.of("ldgnf-one", "ldgnf-two").map(GlobalDatastoreId::new).toList();

  @Autowired private ObservationTable inPostgres;
  @Autowired private TransactionOperations transactions;

  private final Chance chance = new Chance(7);
  private final ObservationTable inMemory =
      new SimulatedObservationTable(NoInterference.session(), new SimulatedObservationTable.Rows());

  @Test
  void answersTheSameInMemoryAsInPostgres() {
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      for (int step = 0; step < 400; step++) {
        change();
        assertThat(inMemory.latest(ACCOUNT, DATASTORES))
            .containsExactlyInAnyOrderElementsOf(inPostgres.latest(ACCOUNT, DATASTORES));
        for (var id : DATASTORES) {
          assertThat(inMemory.latest(ACCOUNT, id)).isEqualTo(inPostgres.latest(ACCOUNT, id));
        }
        for (var region : REGIONS) {
          assertThat(inMemory.shown(ACCOUNT, region)).isEqualTo(inPostgres.shown(ACCOUNT, region));
          assertThat(inMemory.count(ACCOUNT, region)).isEqualTo(inPostgres.count(ACCOUNT, region));
          assertThat(inMemory.secondaries(ACCOUNT, region))
              .isEqualTo(inPostgres.secondaries(ACCOUNT, region));
        }
      }
    });
  }

  private void change() {
    var region = chance.oneOf(REGIONS);
    var id = chance.oneOf(DATASTORES);
    var at = NOON.plusSeconds(chance.below(120));
    switch (chance.below(12)) {
      case 0 -> {
        inMemory.remove(ACCOUNT, region, id, at);
        inPostgres.remove(ACCOUNT, region, id, at);
      }
      case 1 -> {
        inMemory.removeAll(ACCOUNT, region, at);
        inPostgres.removeAll(ACCOUNT, region, at);
      }
      default -> {
        var views = DATASTORES.stream().filter(_ -> chance.of(0.6)).map(this::view).toList();
        var inOne = inMemory.store(ACCOUNT, region, at, views, LONGEST_GAP);
        var inOther = inPostgres.store(ACCOUNT, region, at, views, LONGEST_GAP);
        assertThat(inOne).isEqualTo(inOther);
      }
    }
  }

  private View view(GlobalDatastoreId id) {
    var shown = datastore(id, chance.of(0.5) ? "available" : "modifying");
    return new View(shown, shown.status());
  }

  private static GlobalDatastore datastore(GlobalDatastoreId id, String status) {
    return new GlobalDatastore(
        id,
        "",
        status,
        "cache.r7g.large",
        "valkey",
        "8.0",
        List.of(member(id, "us-east-1", "PRIMARY"), member(id, "us-west-2", "SECONDARY")),
        false,
        List.of(),
        false,
        false,
        false,
        "");
  }

  private static Member member(GlobalDatastoreId id, String region, String role) {
    return new Member(
        new ReplicationGroupId(id.value().substring(6) + region.charAt(3)),
        new Region(region),
        role,
        "enabled",
        "associated");
  }
}
