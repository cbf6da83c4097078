package dev.baton.failover.approval;

import dev.baton.core.Actor;
import dev.baton.policy.Approver;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * That somebody has approved a failover.
 *
 * @param person who they are: a person and the tokens they made have the same
 * @param groups those they were in
 * @param lapse why it no longer counts, if it doesn't
 */
public record Approval(
    Actor by,
    String person,
    Set<String> groups,
    Instant at,
    String comment,
    Optional<Lapse> lapse) {

  public Approval {
    groups = Set.copyOf(groups);
  }

  /** Why an approval no longer counts. */
  public record Lapse(Instant at, String why) {}

  boolean stands() {
    return lapse.isEmpty();
  }

  Approver approver() {
    return new Approver(person, groups);
  }

  Approval lapsed(Lapse because) {
    return stands() ? new Approval(by, person, groups, at, comment, Optional.of(because)) : this;
  }
}
