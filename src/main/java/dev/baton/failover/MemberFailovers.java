package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.approval.Consent;
import dev.baton.policy.Requester;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Failovers that are part of an evacuation. */
@Component
public class MemberFailovers {
  private final FailoverPreparation preparation;
  private final FailoverDesk desk;
  private final FailoverInterventions interventions;

  MemberFailovers(
      FailoverPreparation preparation, FailoverDesk desk, FailoverInterventions interventions) {
    this.preparation = preparation;
    this.desk = desk;
    this.interventions = interventions;
  }

  /**
   * A failover that is to start.
   *
   * @param consent what people were asked of the evacuation as a whole, and have said
   * @param failbackOf the failover that it takes back
   */
  public record Order(
      UUID evacuationId,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Region sourceRegion,
      Region targetRegion,
      ReplicationGroupId targetReplicationGroupId,
      FailoverMode mode,
      String reason,
      Optional<String> reference,
      boolean acceptDataLoss,
      Set<String> overrides,
      Requester requester,
      Consent consent,
      Optional<UUID> failbackOf) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** There is a failover, or the transaction was given up. */
    record Started() implements Outcome {}

    /** Others are under way of whom policy allows only so many, or it is held back. */
    record HasToWait() implements Outcome {}

    /** It is where it is to go already. */
    record NotNeeded(String why) implements Outcome {}

    record TurnedAway(String why) implements Outcome {}
  }

  /**
   * Starts a failover.
   *
   * @param whenStored told its id in the transaction that stores it, which is given up if that
   *     returns false
   */
  public Outcome start(Order order, Function<UUID, Boolean> whenStored) {
    try {
      var request = request(order);
      return preparation
          .prepareMember(request, order.requester())
          .<Outcome>map(prepared -> {
            desk.takeMember(prepared, request, stored -> whenStored.apply(stored.getId()));
            return new Outcome.Started();
          })
          .orElseGet(Outcome.HasToWait::new);
    } catch (ProblemException turnedAway) {
      var problem = turnedAway.problem();
      return problem.type() == ProblemType.ALREADY_PRIMARY
          ? new Outcome.NotNeeded(problem.detail())
          : new Outcome.TurnedAway(problem.detail());
    }
  }

  private static FailoverRequest request(Order order) {
    return new FailoverRequest(
        order.accountId(),
        order.globalReplicationGroupId(),
        order.targetRegion(),
        Optional.of(order.targetReplicationGroupId()),
        order.mode(),
        order.reason(),
        order.reference(),
        Optional.of(order.sourceRegion()),
        order.acceptDataLoss(),
        Optional.empty(),
        Optional.empty(),
        order.overrides(),
        Optional.empty(),
        order.failbackOf().map(id -> new FailbackOf(id, Optional.empty())),
        Optional.of(new MemberOf(order.evacuationId(), order.consent())));
  }

  /** Cancels one, unless AWS has been called for it, or may have been. */
  public void cancelUnlessSent(UUID failoverId, Actor actor, String comment) {
    try {
      interventions.cancel(new FailoverId(failoverId), actor, comment);
    } catch (ProblemException sent) {
      return;
    }
  }
}
