package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.failover.approval.Approval;
import dev.baton.failover.process.AttemptOutcome;
import dev.baton.globaldatastore.CallOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the entries in a failover's stream say. Every one says where the failover stands then. */
final class FailoverEntries {
  private FailoverEntries() {}

  static Map<String, Object> requested(Failover failover) {
    var data = standing(failover);
    data.put("accountId", failover.accountId());
    data.put("globalReplicationGroupId", failover.globalReplicationGroupId());
    data.put("mode", failover.mode());
    failover.sourceRegion().ifPresent(region -> data.put("sourceRegion", region));
    failover
        .sourceReplicationGroupId()
        .ifPresent(group -> data.put("sourceReplicationGroupId", group));
    data.put("targetRegion", failover.targetRegion());
    data.put("targetReplicationGroupId", failover.targetReplicationGroupId());
    data.put("reason", failover.reason());
    failover.reference().ifPresent(reference -> data.put("reference", reference));
    failover.expectedPrimaryRegion().ifPresent(region -> data.put("expectedPrimaryRegion", region));
    data.put("acceptDataLoss", failover.acceptsDataLoss());
    data.put("startBefore", failover.startBefore());
    failover.supersedes().ifPresent(superseded -> data.put("supersedes", superseded));
    failover.scheduledFor().ifPresent(at -> data.put("scheduledFor", at));
    failover.failbackOf().ifPresent(id -> data.put("failbackOf", id));
    failover.evacuationId().ifPresent(id -> data.put("evacuationId", id));
    if (!failover.overrides().isEmpty()) {
      data.put("overrides", failover.overrides().stream().sorted().toList());
    }
    putDemands(failover, data);
    data.put("simulated", failover.isSimulated());
    data.put("decision", failover.decision());
    return data;
  }

  static Map<String, Object> demanded(Failover failover) {
    var data = standing(failover);
    putDemands(failover, data);
    putPolicyChanges(failover, data);
    return data;
  }

  /** What an approval is for, which is all that it is for. */
  static Map<String, Object> approved(Failover failover, Approval approval) {
    var data = standing(failover);
    data.put("comment", approval.comment());
    data.put("groups", approval.groups().stream().sorted().toList());
    data.put("mode", failover.mode());
    failover.sourceRegion().ifPresent(region -> data.put("sourceRegion", region));
    data.put("targetRegion", failover.targetRegion());
    data.put("targetReplicationGroupId", failover.targetReplicationGroupId());
    failover.scheduledFor().ifPresent(at -> data.put("scheduledFor", at));
    data.put("overrides", failover.overrides().stream().sorted().toList());
    putDemands(failover, data);
    return data;
  }

  private static void putDemands(Failover failover, Map<String, Object> data) {
    failover.approveBefore().ifPresent(before -> data.put("approveBefore", before));
    var demanded = failover.approvalsDemanded();
    if (!demanded.isEmpty()) {
      data.put("approvalsDemanded", demanded);
    }
  }

  static Map<String, Object> rescheduled(Failover failover, Optional<Instant> former) {
    var data = standing(failover);
    former.ifPresent(at -> data.put("formerScheduledFor", at));
    failover.scheduledFor().ifPresent(at -> data.put("scheduledFor", at));
    data.put("startBefore", failover.startBefore());
    putDemands(failover, data);
    return data;
  }

  static Map<String, Object> commented(Failover failover, String comment) {
    var data = standing(failover);
    data.put("comment", comment);
    return data;
  }

  static Map<String, Object> denied(Failover failover) {
    var data = standing(failover);
    data.put("refusals", failover.decision().refusals());
    putPolicyChanges(failover, data);
    return data;
  }

  static Map<String, Object> intended(Failover failover, Attempt attempt) {
    var data = standing(failover);
    data.put("attempt", attempt.number());
    data.put("action", attempt.action());
    data.put("region", attempt.region());
    data.put("parameters", AwsCall.of(failover).parameters());
    data.put("sendBefore", attempt.sendBefore());
    data.put("landsBefore", attempt.landsBefore());
    putPolicyChanges(failover, data);
    return data;
  }

  /** What policy answers otherwise than when it was requested. */
  private static void putPolicyChanges(Failover failover, Map<String, Object> data) {
    var changes = failover.policyChanges();
    if (!changes.isEmpty()) {
      data.put("policyChanges", changes);
    }
  }

  static Map<String, Object> answered(Failover failover, int attempt, CallOutcome answer) {
    var data = standing(failover);
    data.put("attempt", attempt);
    switch (answer) {
      case CallOutcome.Accepted accepted -> {
        data.put("outcome", AttemptOutcome.ACCEPTED);
        data.put("region", accepted.region());
        data.put("awsRequestId", accepted.requestId());
      }
      case CallOutcome.NotExecuted notExecuted ->
          error(data, AttemptOutcome.NOT_EXECUTED, notExecuted.code(), notExecuted.message());
      case CallOutcome.Refused refused -> {
        error(data, AttemptOutcome.REFUSED, refused.code(), refused.message());
        data.put("region", refused.region());
        refused.requestId().ifPresent(requestId -> data.put("awsRequestId", requestId));
      }
      case CallOutcome.Unknown unknown ->
          error(data, AttemptOutcome.UNKNOWN, unknown.code(), unknown.message());
    }
    return data;
  }

  private static void error(
      Map<String, Object> data, AttemptOutcome outcome, String code, String message) {
    data.put("outcome", outcome);
    data.put("errorCode", code);
    data.put("errorMessage", message);
  }

  static Map<String, Object> resolved(Failover failover, Resolution resolution) {
    var data = standing(failover);
    data.put("outcome", resolution.outcome());
    data.put("comment", resolution.comment());
    return data;
  }

  static Map<String, Object> sourceMoved(Failover failover, Optional<Region> former) {
    var data = standing(failover);
    former.ifPresent(region -> data.put("formerSourceRegion", region));
    failover.sourceRegion().ifPresent(region -> data.put("sourceRegion", region));
    failover
        .sourceReplicationGroupId()
        .ifPresent(group -> data.put("sourceReplicationGroupId", group));
    return data;
  }

  static Map<String, Object> finished(Failover failover) {
    var data = standing(failover);
    data.put("effect", failover.effect());
    failover.finishedAt().ifPresent(at -> data.put("finishedAt", at));
    NewPrimary.of(failover).ifPresent(newPrimary -> data.put("newPrimary", newPrimary));
    return data;
  }

  static Map<String, Object> standing(Failover failover) {
    var data = new LinkedHashMap<String, Object>();
    data.put("status", failover.status());
    if (!failover.cause().isEmpty()) {
      data.put("cause", failover.cause());
    }
    failover.evidence().ifPresent(evidence -> data.put("evidence", evidence));
    return data;
  }
}
