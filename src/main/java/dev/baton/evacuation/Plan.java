package dev.baton.evacuation;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.evacuation.EvacuationMember.Move;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.PolicyDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an evacuation would come to, or was frozen as.
 *
 * @param planned what would be moved, in this order
 * @param leftOut what was selected and can't be moved, or need not
 * @param demanded the approvals that policy demands of any of them
 * @param eta how long it would take
 */
record Plan(List<Planned> planned, List<LeftOut> leftOut, List<ApprovalDemand> demanded, Eta eta) {

  Plan {
    planned = List.copyOf(planned);
    leftOut = List.copyOf(leftOut);
    demanded = List.copyOf(demanded);
  }

  /** A Global datastore that would be moved with that wave. */
  record Planned(
      int wave,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Move move,
      PolicyDecision decision,
      Optional<ReadinessLevel> readiness,
      Optional<Double> lagSeconds,
      Optional<UUID> failbackOf) {}

  /** A Global datastore that would not, and why. */
  record LeftOut(AccountId accountId, GlobalDatastoreId globalReplicationGroupId, String why) {}

  /** How long it would take, and what that is based on. */
  record Eta(double seconds, String basis) {}

  /** The members of the evacuation that it becomes. */
  List<EvacuationMember> members() {
    var members = new ArrayList<EvacuationMember>();
    for (var one : planned) {
      members.add(
          new EvacuationMember(
              members.size() + 1,
              one.wave(),
              one.accountId(),
              one.globalReplicationGroupId(),
              Optional.of(one.move()),
              one.readiness(),
              one.lagSeconds(),
              one.failbackOf(),
              EvacuationMember.NOT_STARTED,
              Optional.empty(),
              Optional.empty()));
    }
    for (var one : leftOut) {
      members.add(
          new EvacuationMember(
              members.size() + 1,
              0,
              one.accountId(),
              one.globalReplicationGroupId(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              EvacuationMember.Outcome.LEFT_OUT.name(),
              Optional.empty(),
              Optional.of(one.why())));
    }
    return members;
  }
}
