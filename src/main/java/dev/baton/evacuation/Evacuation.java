package dev.baton.evacuation;

import dev.baton.failover.approval.Consent;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.Requester;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An evacuation. It changes by making another one.
 *
 * @param cause in words: why it stands as it does
 * @param consent what people were asked of it as a whole, and have said
 * @param rollbackOf the evacuation that it takes back
 * @param acceptedFailures so many had failed when somebody let it go on
 * @param aborting whether nothing starts any more, and what has not been sent is cancelled
 * @param told what its last entry in the audit log told of its members
 */
record Evacuation(
    UUID id,
    long version,
    EvacuationStatus status,
    String cause,
    boolean simulated,
    EvacuationTerms terms,
    Requester requester,
    Instant requestedAt,
    Instant updatedAt,
    Optional<Instant> finishedAt,
    Consent consent,
    Optional<UUID> rollbackOf,
    int acceptedFailures,
    boolean aborting,
    String told) {

  /** What is demanded of whom, and how many have given it. */
  List<ApprovalDemand> approvalsDemanded() {
    return consent.demanded().stream()
        .map(demand -> demand.counting(consent.approvers(), requester.person()))
        .toList();
  }

  Optional<Instant> approveBefore() {
    return consent.before().filter(_ -> status == EvacuationStatus.AWAITING_APPROVAL);
  }

  Evacuation standing(EvacuationStatus next, String why, Instant now) {
    return new Evacuation(
        id,
        version,
        next,
        why,
        simulated,
        terms,
        requester,
        requestedAt,
        now,
        next.isFinished() ? Optional.of(now) : Optional.empty(),
        consent,
        rollbackOf,
        acceptedFailures,
        aborting,
        told);
  }

  Evacuation agreed(Consent given, Instant now) {
    return new Evacuation(
        id,
        version,
        status,
        cause,
        simulated,
        terms,
        requester,
        requestedAt,
        now,
        finishedAt,
        given,
        rollbackOf,
        acceptedFailures,
        aborting,
        told);
  }

  Evacuation accepting(int failures) {
    return changed(failures, aborting, told, updatedAt);
  }

  Evacuation aborted() {
    return changed(acceptedFailures, true, told, updatedAt);
  }

  /** As it is if it is to begin again. */
  Evacuation unaborted() {
    return changed(acceptedFailures, false, told, updatedAt);
  }

  Evacuation telling(String words, Instant now) {
    return changed(acceptedFailures, aborting, words, now);
  }

  private Evacuation changed(int failures, boolean isAborting, String words, Instant at) {
    return new Evacuation(
        id,
        version,
        status,
        cause,
        simulated,
        terms,
        requester,
        requestedAt,
        at,
        finishedAt,
        consent,
        rollbackOf,
        failures,
        isAborting,
        words);
  }
}
