package dev.baton.policy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.core.Actor;
import dev.baton.policy.Policies;
import dev.baton.problem.EntityTags;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A change of policy comes before a call or after it, never in between. */
@BatonTest
class PolicyGateTests {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Autowired private Policies policies;
  @Autowired private PolicyChanges changes;
  @Autowired private TransactionOperations transactions;
  @Autowired private JdbcClient database;

  @Test
  void isHeldByWhoCommitsACallUntilThatIsCommitted() throws Exception {
    var change = new CompletableFuture<PolicyChanges.Change>();
    transactions.executeWithoutResult(_ -> {
      var held = policies.heldInForce();
      Thread.startVirtualThread(() -> change.complete(store()));
      awaitThatSomebodyWaitsForTheGate();
      assertThat(change).isNotDone();
      assertThat(policies.heldInForce()).isSameAs(held);
      assertThat(policies.inForce()).isSameAs(held);
    });
    assertThat(change.get().version().version()).isEqualTo(1);
  }

  @Test
  void isSharedByAllWhoCommitCalls() {
    transactions.executeWithoutResult(_ -> {
      policies.heldInForce();
      var other =
          CompletableFuture.supplyAsync(
              () -> transactions.execute(_ -> policies.heldInForce().toString()));
      Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(other).isCompleted());
    });
  }

  @Test
  void letsWhoHoldsItNextSeeTheChange() {
    var before = policies.inForce();
    store();
    transactions.executeWithoutResult(
        _ -> assertThat(policies.heldInForce()).isNotSameAs(before).isSameAs(policies.inForce()));
  }

  private PolicyChanges.Change store() {
    var name = "gate-" + UUID.randomUUID();
    return changes.store(
        new PolicyChanges.Wanted(
            name,
            Optional.of(
                """
                apiVersion: baton/v1
                kind: Policy
                metadata: {name: %s}
                match: {globalReplicationGroupIds: [ldgnf-nobody]}
                rules: []
                """
                    .formatted(name)),
            "why",
            new Actor("frank", Actor.Kind.PERSON),
            new Precondition(new EntityTags(List.of()), new EntityTags(List.of())),
            false));
  }

  private void awaitThatSomebodyWaitsForTheGate() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            database
                    .sql(
                        """
                        select count(*) from pg_stat_activity
                        where wait_event_type = 'Lock' and query like '%policy_gate for update%'
                        """)
                    .query(Integer.class)
                    .single()
                > 0);
  }
}
