package dev.baton.policy.gate;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The gate in PostgreSQL: one row. Whoever commits the intent to call shares it, and whoever
 * changes what calls are decided by has it alone. So no call is decided by what is no longer in
 * force.
 */
@Component
public class PolicyGate {
  private final JdbcClient database;

  PolicyGate(JdbcClient database) {
    this.database = database;
  }

  /** How often what is in force was changed. */
  public long revision() {
    return database.sql("select revision from policy_gate").query(Long.class).single();
  }

  /** The same; to the end of the transaction nobody changes it. */
  public long heldRevision() {
    return database.sql("select revision from policy_gate for share").query(Long.class).single();
  }

  /** The same, for who is about to change it: waits for the transactions that hold it. */
  public long lockedRevision() {
    return database.sql("select revision from policy_gate for update").query(Long.class).single();
  }

  /** Whoever looks next finds another revision. */
  public void countChange() {
    database.sql("update policy_gate set revision = revision + 1").update();
  }
}
