package dev.baton.failover;

import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.VIRGINIA;
import static dev.baton.failover.Scenes.healthyDatastore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.failover.FailoverGate.Passage;
import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Known;
import dev.baton.failover.process.OtherRegions;
import dev.baton.globaldatastore.Observation;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.RuleResult;
import dev.baton.policy.TargetLag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Nothing here is committed, so no task ever looks at these failovers. */
@BatonTest
class FailoverGateTests {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
  private static final FoundOut NO_LAG =
      new FoundOut(new TargetLag.Unknown(IRELAND, "nobody looked"), true);

  private static final PolicyDecision PASSED =
      new PolicyDecision(DecisionOutcome.PASSED, List.of());

  @Autowired private FailoverLedger ledger;
  @Autowired private FailoverGate gate;
  @Autowired private TransactionOperations transactions;
  @Autowired private JdbcClient database;
  @Autowired private InstantSource clock;

  @Test
  void recordsAnIntentOnFactsThatSpeakForTheCall() {
    assertThat(intentOn(shown(clock.instant()), 0)).isInstanceOf(Passage.Open.class);
  }

  @Test
  void holdsThePolicyItWentByUntilTheIntentIsCommitted() {
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      var failover = ledger.open(requested());
      var intent =
          gate.intend(
              failover.id(), failover.version(), shown(clock.instant()), NO_LAG, CALL_TIMEOUT);
      assertThat(intent).isInstanceOf(Passage.Open.class);
      assertThat(canChangePolicy()).isFalse();
    });
    Awaitility.await().atMost(RunningBaton.PATIENCE).until(this::canChangePolicy);
  }

  private boolean canChangePolicy() {
    return CompletableFuture.supplyAsync(() ->
            transactions.execute(_ ->
                database
                    .sql("select true from policy_gate for update skip locked")
                    .query(Boolean.class)
                    .optional()
                    .isPresent()))
        .join();
  }

  @Test
  void recordsNoIntentOnFactsThatAreTooOld() {
    assertThat(intentOn(shown(clock.instant().minusSeconds(60)), 0))
        .isInstanceOf(Passage.Shut.class);
    assertThat(intentOn(known(new Facts.Unseen(), clock.instant()), 0))
        .isInstanceOf(Passage.Shut.class);
  }

  @Test
  void recordsNoIntentOnAVersionThatWasChanged() {
    assertThat(intentOn(shown(clock.instant()), 1)).isInstanceOf(Passage.Shut.class);
  }

  @Test
  void deniesASwitchoverWhoseTargetsLagIsUnknownByThen() {
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      var failover = ledger.open(requested(FailoverMode.SWITCHOVER));

      var intent =
          gate.intend(
              failover.id(), failover.version(), shown(clock.instant()), NO_LAG, CALL_TIMEOUT);

      assertThat(intent).isInstanceOf(Passage.Shut.class);
      assertThat(failover.status()).isEqualTo(FailoverStatus.DENIED);
      assertThat(failover.decision().refusals())
          .extracting(RuleResult::rule)
          .containsExactly("max-replication-lag", "readiness");
    });
  }

  @Test
  void waitsWherePolicyLooksByThenAtWhatWasNotFoundOut() {
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      var failover = ledger.open(requested(FailoverMode.SWITCHOVER));
      var nothing = new FoundOut(NO_LAG.lag(), false);

      assertThat(
              gate.intend(
                  failover.id(), failover.version(), shown(clock.instant()), nothing, CALL_TIMEOUT))
          .isInstanceOf(Passage.Shut.class);
      assertThat(failover.status()).isEqualTo(FailoverStatus.PENDING);
    });
  }

  private Passage intentOn(Known known, long changesMeanwhile) {
    return transactions.execute(transaction -> {
      transaction.setRollbackOnly();
      var failover = ledger.open(requested());
      return gate.intend(
          failover.id(), failover.version() + changesMeanwhile, known, NO_LAG, CALL_TIMEOUT);
    });
  }

  private static Known shown(Instant beganAt) {
    return known(
        new Facts.Shown(
            new Observation(Scenes.ACCOUNT, IRELAND, healthyDatastore(), beganAt, beganAt)),
        beganAt);
  }

  private static Known known(Facts facts, Instant answeredAt) {
    return new Known(facts, new OtherRegions(Set.of(), Map.of(VIRGINIA, answeredAt), Set.of()));
  }

  private Failover requested() {
    return requested(FailoverMode.FAILOVER);
  }

  private Failover requested(FailoverMode mode) {
    return Scenes.requested(
        new GlobalDatastoreId(RunningBaton.newId()), mode, PASSED, clock.instant());
  }
}
