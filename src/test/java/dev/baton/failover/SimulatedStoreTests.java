package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.NoInterference;
import dev.baton.deterministic.Transactions;
import dev.baton.failover.primary.RecordedPrimaries;
import dev.baton.failover.primary.RecordedPrimary;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.LastFailovers;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

/** What the schedules keep in memory behaves as what JPA and PostgreSQL keep. */
@BatonTest
class SimulatedStoreTests {
  private static final AccountId ACCOUNT = new AccountId("999988887777");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final List<GlobalDatastoreId> DATASTORES =
      Stream.of("ldgnf-one", "ldgnf-two").map(GlobalDatastoreId::new).toList();

  @Autowired private FailoverRepository inPostgres;
  @Autowired private RecordedPrimaries primariesInPostgres;
  @Autowired private LastFailovers lastInPostgres;
  @Autowired private EntityManager entities;
  @Autowired private TransactionOperations transactions;

  private final Chance chance = new Chance(7);
  private final Database.Session session = NoInterference.session();
  private final TransactionOperations inMemoryTransactions = new Transactions(session).operations();
  private final SimulatedFailovers inMemory =
      new SimulatedFailovers(session, new SimulatedFailovers.Rows());
  private final RecordedPrimaries primariesInMemory =
      new SimulatedPrimaries(session, new SimulatedPrimaries.Rows());
  private final List<UUID> known = new ArrayList<>();

  @Test
  void keepsFailoversInMemoryAsInPostgres() {
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      for (int step = 0; step < 300; step++) {
        change(NOON.plusSeconds(step));
        assertSameAnswers();
      }
    });
    assertThat(known).hasSizeGreaterThan(10);
  }

  private void change(Instant now) {
    var id = chance.oneOf(DATASTORES);
    if (inMemory.findUnfinished(ACCOUNT, id).isEmpty()) {
      open(id, now);
      return;
    }
    var unfinished = inMemory.findUnfinished(ACCOUNT, id).orElseThrow();
    var step = step(unfinished.status(), now);
    both(repository -> {
      var failover = repository.findForChange(unfinished.getId()).orElseThrow();
      step.accept(failover);
      return unfinished.status() == FailoverStatus.PENDING
          ? repository.saveAndFlush(failover).version()
          : 0;
    });
  }

  private void open(GlobalDatastoreId id, Instant now) {
    var target = Scenes.secondaryIn(chance.of(0.5) ? Scenes.IRELAND : Scenes.OREGON);
    var request =
        new FailoverRequest(
            ACCOUNT,
            id,
            target.region(),
            Optional.empty(),
            FailoverMode.FAILOVER,
            "reason",
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var failover =
        new Failover(
            request,
            Optional.of(Scenes.primaryIn(Scenes.VIRGINIA)),
            target,
            Scenes.ALICE,
            Scenes.decided(new PolicyDecision(DecisionOutcome.PASSED, List.of())),
            now.plusSeconds(900),
            true,
            now);
    known.add(failover.getId());
    var copy = EntityState.copy(failover);
    inMemoryTransactions.executeWithoutResult(_ -> inMemory.saveAndFlush(copy));
    inPostgres.saveAndFlush(failover);
  }

  private Consumer<Failover> step(FailoverStatus status, Instant now) {
    var passed = new PolicyDecision(DecisionOutcome.PASSED, List.of());
    return switch (status) {
      case PENDING ->
          chance.of(0.2)
              ? failover -> failover.waits("it waits", now)
              : failover ->
                  failover.intend(
                      failover.targetRegion(),
                      passed,
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(12),
                      now);
      case SWITCHING -> {
        var answer = answer();
        yield failover -> failover.answered(answer, now);
      }
      case OUTCOME_UNKNOWN -> failover -> failover.promotionStarted("it moves", now);
      default -> {
        var promoted = chance.of(0.7);
        yield failover ->
            failover.finish(
                promoted ? FailoverStatus.SUCCEEDED : FailoverStatus.FAILED,
                promoted ? FailoverEffect.PROMOTED : FailoverEffect.NONE,
                "over",
                Optional.empty(),
                now);
      }
    };
  }

  private CallOutcome answer() {
    return switch (chance.below(3)) {
      case 0 -> new CallOutcome.Accepted(Scenes.OREGON, "request");
      case 1 -> new CallOutcome.Unknown("Cut", "the connection broke");
      default ->
          new CallOutcome.NotExecuted(CallOutcome.Reason.THROTTLED, "Throttling", "slow down");
    };
  }

  private <T> void both(Function<FailoverRepository, T> work) {
    var inOne = inMemoryTransactions.execute(_ -> work.apply(inMemory));
    var inOther = work.apply(inPostgres);
    entities.flush();
    entities.clear();
    assertThat(inOne).isEqualTo(inOther);
  }

  private void assertSameAnswers() {
    var latest = known.getLast();
    assertThat(inMemory.findById(latest).map(SimulatedStoreTests::shown))
        .isEqualTo(inPostgres.findById(latest).map(SimulatedStoreTests::shown));
    for (var id : DATASTORES) {
      assertThat(inMemory.findUnfinished(ACCOUNT, id).map(SimulatedStoreTests::shown))
          .isEqualTo(inPostgres.findUnfinished(ACCOUNT, id).map(SimulatedStoreTests::shown));
      assertThat(inMemory.findLastPromotion(ACCOUNT, id))
          .isEqualTo(inPostgres.findLastPromotion(ACCOUNT, id));
      for (var region : List.of(Scenes.IRELAND, Scenes.OREGON)) {
        assertSameAnswers(id, region);
      }
    }
    var lastInMemory = new SimulatedLastFailovers(inMemory);
    for (var besides : List.of(Set.<UUID>of(), Set.of(latest))) {
      assertThat(lastInMemory.of(ACCOUNT, DATASTORES, besides))
          .isEqualTo(lastInPostgres.of(ACCOUNT, DATASTORES, besides));
    }
    var requested = inMemory.findById(latest).orElseThrow().requestedAt();
    for (var aheadOf : List.of(Instant.EPOCH, requested, requested.plusSeconds(9_000))) {
      assertThat(inMemory.countUnderWay(ACCOUNT, DATASTORES.getFirst(), aheadOf))
          .containsExactlyInAnyOrderElementsOf(
              inPostgres.countUnderWay(ACCOUNT, DATASTORES.getFirst(), aheadOf));
    }
    entities.clear();
  }

  private void assertSameAnswers(GlobalDatastoreId id, Region region) {
    assertThat(inMemory.isOnItsWay(ACCOUNT, id, region))
        .isEqualTo(inPostgres.isOnItsWay(ACCOUNT, id, region));
    assertThat(inMemory.findUnderWay(ACCOUNT, region))
        .containsExactlyInAnyOrderElementsOf(inPostgres.findUnderWay(ACCOUNT, region));
    assertThat(inMemory.findUnfinished(ACCOUNT, region, DATASTORES))
        .containsExactlyInAnyOrderElementsOf(
            inPostgres.findUnfinished(ACCOUNT, region, DATASTORES));
    var after = NOON.plusSeconds(chance.below(300));
    assertThat(inMemory.findThatCalledFor(ACCOUNT, id, region, NOON, after))
        .isEqualTo(inPostgres.findThatCalledFor(ACCOUNT, id, region, NOON, after));
  }

  private static List<Object> shown(Failover failover) {
    return List.of(
        failover.getId(),
        failover.version(),
        failover.status(),
        failover.effect(),
        failover.cause(),
        failover.updatedAt(),
        failover.snapshot());
  }

  @Test
  void keepsPrimariesInMemoryAsInPostgres() {
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      for (int step = 0; step < 300; step++) {
        movePrimary(NOON.plusSeconds(step));
        assertThat(primariesInMemory.regions(ACCOUNT, DATASTORES))
            .isEqualTo(primariesInPostgres.regions(ACCOUNT, DATASTORES));
        for (var id : DATASTORES) {
          assertThat(primariesInMemory.lastMove(ACCOUNT, id))
              .isEqualTo(primariesInPostgres.lastMove(ACCOUNT, id));
          assertThat(primariesInMemory.locked(ACCOUNT, id))
              .isEqualTo(primariesInPostgres.locked(ACCOUNT, id));
        }
      }
    });
  }

  private void movePrimary(Instant now) {
    var regions = List.of(Scenes.VIRGINIA, Scenes.IRELAND, Scenes.OREGON);
    var id = chance.oneOf(DATASTORES);
    var primary =
        new RecordedPrimary(chance.oneOf(regions), now, now.plusMillis(chance.below(5_000)));
    if (chance.of(0.2)) {
      primariesInMemory.begin(ACCOUNT, id, primary);
      primariesInPostgres.begin(ACCOUNT, id, primary);
      return;
    }
    var from = chance.of(0.6) ? Optional.of(chance.oneOf(regions)) : Optional.<Region>empty();
    primariesInMemory.move(ACCOUNT, id, from, primary, Optional.empty());
    primariesInPostgres.move(ACCOUNT, id, from, primary, Optional.empty());
  }
}
