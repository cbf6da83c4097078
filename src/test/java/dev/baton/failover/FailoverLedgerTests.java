package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Nothing here is committed, so no task ever looks at these failovers. */
@BatonTest
class FailoverLedgerTests {
  @Autowired private FailoverLedger ledger;
  @Autowired private TransactionOperations transactions;
  @Autowired private JdbcClient database;
  @Autowired private InstantSource clock;

  @Test
  void keepsRowEntryAndTaskInOneTransaction() {
    var failover =
        Scenes.requested(
            new GlobalDatastoreId(RunningBaton.newId()),
            FailoverMode.FAILOVER,
            new PolicyDecision(DecisionOutcome.PASSED, List.of()),
            clock.instant());

    transactions.executeWithoutResult(transaction -> {
      ledger.open(failover);
      assertThat(traces(failover)).containsExactly(1, 1, 1);
      transaction.setRollbackOnly();
    });

    assertThat(traces(failover)).containsExactly(0, 0, 0);
  }

  private List<Integer> traces(Failover failover) {
    var id = failover.id().toString();
    return List.of(
        count("select count(*) from failover where id::text = ?", id),
        count("select count(*) from audit_entry where stream = ?", "failover/" + id),
        count("select count(*) from scheduled_tasks where task_instance = ?", id));
  }

  private int count(String query, String parameter) {
    return database.sql(query).param(parameter).query(Integer.class).single();
  }
}
