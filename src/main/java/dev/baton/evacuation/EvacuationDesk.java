package dev.baton.evacuation;

import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Timestamps;
import dev.baton.evacuation.EvacuationProcess.Wave;
import dev.baton.failover.approval.ApprovalRefusal;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.approval.Consent.Standing;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.policy.Requester;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes requests for evacuations, and what people do to those that there are: row, audit entry and
 * task in one short transaction each.
 */
@Component
class EvacuationDesk {
  /** The index that lets the database refuse to have a Global datastore in two of them. */
  private static final String ONE_AT_A_TIME = "evacuation_member_once";

  private final EvacuationPlanner planner;
  private final EvacuationTable evacuations;
  private final EvacuationMemberTable members;
  private final EvacuationJournal journal;
  private final EvacuationScheduling scheduling;
  private final AwsEnvironment aws;
  private final TransactionOperations transactions;
  private final InstantSource clock;

  EvacuationDesk(
      EvacuationPlanner planner,
      EvacuationTable evacuations,
      EvacuationMemberTable members,
      EvacuationJournal journal,
      EvacuationScheduling scheduling,
      AwsEnvironment aws,
      TransactionOperations transactions,
      InstantSource clock) {
    this.planner = planner;
    this.evacuations = evacuations;
    this.members = members;
    this.journal = journal;
    this.scheduling = scheduling;
    this.aws = aws;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What it would come to; nothing is stored. */
  Plan plan(EvacuationTerms terms, Caller caller) {
    return planner.plan(terms, Requester.of(caller));
  }

  /** The same of taking one back. */
  Plan planRollback(Evacuation taken, EvacuationTerms terms, Caller caller) {
    refuseUnlessOver(taken);
    return planner.rollback(terms, Requester.of(caller), members.moved(taken.id()));
  }

  /**
   * Accepts what was planned, which stays as it is now.
   *
   * @throws ProblemException if there is nothing to move, or it is part of another evacuation
   */
  Evacuation accept(Plan plan, EvacuationTerms terms, Caller caller, Optional<UUID> rollbackOf) {
    if (plan.planned().isEmpty()) {
      throw new ProblemException(
              ProblemType.NOTHING_TO_EVACUATE,
              plan.leftOut().isEmpty()
                  ? "No Global datastore that is selected has its primary in %s."
                      .formatted(terms.fromRegion())
                  : "Nothing that is selected can be moved (%d in all). %s: %s."
                      .formatted(
                          plan.leftOut().size(),
                          plan.leftOut().getFirst().globalReplicationGroupId(),
                          plan.leftOut().getFirst().why()))
          .with("leftOut", plan.leftOut());
    }
    var accepted = accepted(plan, terms, Requester.of(caller), rollbackOf);
    try {
      transactions.executeWithoutResult(_ -> {
        evacuations.add(accepted);
        members.add(accepted.id(), plan.members());
        append(
            accepted,
            EvacuationEvent.EVACUATION_REQUESTED,
            caller.actor(),
            Map.of("terms", terms, "leftOut", plan.leftOut()));
        scheduling.schedule(accepted.id(), accepted.requestedAt());
      });
    } catch (DataIntegrityViolationException e) {
      if (!String.valueOf(e.getMessage()).contains(ONE_AT_A_TIME)) {
        throw e;
      }
      throw overlapping();
    }
    scheduling.wake(accepted.id());
    return accepted;
  }

  private Evacuation accepted(
      Plan plan, EvacuationTerms terms, Requester requester, Optional<UUID> rollbackOf) {
    var now = now();
    var isAsked = !plan.demanded().isEmpty();
    return new Evacuation(
        UUID.randomUUID(),
        0,
        isAsked ? EvacuationStatus.AWAITING_APPROVAL : EvacuationStatus.RUNNING,
        isAsked ? "people have to approve it" : "it goes on by itself",
        aws.isSimulated(),
        terms,
        requester,
        now,
        now,
        Optional.empty(),
        isAsked ? Consent.NONE.asking(plan.demanded(), now) : Consent.NONE,
        rollbackOf,
        0,
        false,
        "");
  }

  private static ProblemException overlapping() {
    return new ProblemException(
        ProblemType.EVACUATION_IN_PROGRESS,
        "Some of it became part of another evacuation just now; look at GET /v1/evacuations, then"
            + " decide anew.");
  }

  /** Somebody agrees to the whole of it. */
  Evacuation approve(UUID id, Caller caller, String comment) {
    return change(
        id,
        caller.actor(),
        EvacuationEvent.EVACUATION_APPROVED,
        comment,
        found -> {
          var groups = asked(found, caller);
          var now = now();
          var consent = found.consent().with(caller.actor(), caller.person(), groups, comment, now);
          var agreed = found.agreed(consent, now);
          return consent.awaited(found.requester().person()).isEmpty()
              ? agreed.standing(EvacuationStatus.RUNNING, "all have approved it who had to", now)
              : agreed;
        });
  }

  /** Somebody doesn't, which ends it. */
  Evacuation reject(UUID id, Caller caller, String comment) {
    return change(
        id,
        caller.actor(),
        EvacuationEvent.EVACUATION_REJECTED,
        comment,
        found -> {
          asked(found, caller);
          return found
              .aborted()
              .standing(
                  EvacuationStatus.PAUSED,
                  "%s rejected it: %s".formatted(caller.actor().subject(), comment),
                  now());
        });
  }

  private Set<String> asked(Evacuation found, Caller caller) {
    if (found.status() != EvacuationStatus.AWAITING_APPROVAL) {
      throw new ProblemException(
              ProblemType.NOT_AWAITING_APPROVAL,
              "The evacuation is %s: nobody's approval is missing.".formatted(found.status()))
          .with("evacuationId", found.id());
    }
    var requester = found.requester().person();
    var standing = found.consent().standing(caller, requester);
    return switch (standing) {
      case Standing.Asked(var groups) -> groups;
      case Standing.Requester _, Standing.HasApproved _, Standing.Stranger _ ->
          throw ApprovalRefusal.of(standing, "evacuation", found.consent().awaited(requester))
              .with("evacuationId", found.id());
    };
  }

  /** Nothing new starts, and no call follows the answer to this. */
  Evacuation pause(UUID id, Actor actor, String comment) {
    return change(
        id,
        actor,
        EvacuationEvent.EVACUATION_PAUSED,
        comment,
        found -> {
          refuseUnless(found, found.status() == EvacuationStatus.RUNNING, "Only what is RUNNING");
          return found.standing(
              EvacuationStatus.PAUSED,
              "%s paused it: %s".formatted(actor.subject(), comment),
              now());
        });
  }

  /** It goes on, whatever has failed so far. */
  Evacuation resume(UUID id, Actor actor, String comment) {
    return change(
        id,
        actor,
        EvacuationEvent.EVACUATION_RESUMED,
        comment,
        found -> {
          refuseUnless(
              found,
              found.status() == EvacuationStatus.PAUSED && !found.aborting(),
              "Only what is PAUSED, and isn't being aborted,");
          return found
              .accepting(Tally.sum(tallies(id)).failed())
              .standing(
                  EvacuationStatus.RUNNING,
                  "%s had it go on: %s".formatted(actor.subject(), comment),
                  now());
        });
  }

  /** What has not been sent is cancelled; it is over once the rest is. */
  Evacuation abort(UUID id, Actor actor, String comment) {
    return change(
        id,
        actor,
        EvacuationEvent.EVACUATION_ABORTED,
        comment,
        found -> {
          refuseUnless(
              found,
              !found.status().isFinished() && !found.aborting(),
              "Only what isn't over, and isn't being aborted already,");
          return found
              .aborted()
              .standing(
                  EvacuationStatus.PAUSED,
                  "%s aborted it: %s".formatted(actor.subject(), comment),
                  now());
        });
  }

  /** What failed or was cancelled begins again, after all else. */
  Evacuation retry(UUID id, Actor actor, String comment) {
    try {
      return change(
          id,
          actor,
          EvacuationEvent.EVACUATION_RETRIED,
          comment,
          found -> {
            refuseUnless(
                found,
                found.consent().awaited(found.requester().person()).isEmpty()
                    && (found.status().isFinished() || !found.aborting()),
                "Only what has been approved, and isn't being aborted,");
            if (members.retry(id) == 0) {
              throw new ProblemException(
                      ProblemType.EVACUATION_STATUS, "Nothing of it has failed or was cancelled.")
                  .with("evacuationId", id);
            }
            if (found.status().isFinished()) {
              scheduling.schedule(id, now());
            }
            return found
                .unaborted()
                .accepting(Tally.sum(tallies(id)).failed())
                .standing(
                    EvacuationStatus.RUNNING,
                    "%s had it try again: %s".formatted(actor.subject(), comment),
                    now());
          });
    } catch (DataIntegrityViolationException e) {
      if (!String.valueOf(e.getMessage()).contains(ONE_AT_A_TIME)) {
        throw e;
      }
      throw overlapping();
    }
  }

  private Evacuation change(
      UUID id,
      Actor actor,
      EvacuationEvent event,
      String comment,
      Function<Evacuation, Evacuation> change) {
    var changed =
        Objects.requireNonNull(
            transactions.execute(_ -> {
              var next = change.apply(evacuations.findForChange(id).orElseThrow());
              evacuations.change(next);
              append(next, event, actor, Map.of("comment", comment));
              return evacuations.find(id).orElseThrow();
            }));
    scheduling.wake(id);
    return changed;
  }

  private static void refuseUnless(Evacuation found, boolean is, String what) {
    if (!is) {
      throw new ProblemException(
              ProblemType.EVACUATION_STATUS,
              "The evacuation is %s (%s). %s can be treated so."
                  .formatted(found.status(), found.cause(), what))
          .with("evacuationId", found.id());
    }
  }

  private static void refuseUnlessOver(Evacuation taken) {
    refuseUnless(taken, taken.status().isFinished(), "Only what is over");
  }

  private List<Tally> tallies(UUID id) {
    return members.waves(id).stream().map(Wave::tally).toList();
  }

  private void append(
      Evacuation evacuation, EvacuationEvent event, Actor actor, Map<String, Object> data) {
    journal.append(evacuation, event, actor, members.waves(evacuation.id()), data, now());
  }

  private Instant now() {
    return Timestamps.cut(clock.instant());
  }
}
