package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads the body of a request for a failover; what is wrong with it is said all at once. */
@Component
class FailoverRequestReader {
  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_REFERENCE = 255;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final Duration LONGEST_SCHEDULE = Duration.ofDays(90);
  private static final Duration LONGEST_SOAK = Duration.ofDays(30);

  private final AwsEnvironment aws;
  private final InstantSource clock;

  FailoverRequestReader(AwsEnvironment aws, InstantSource clock) {
    this.aws = aws;
    this.clock = clock;
  }

  /**
   * Reads what is asked for.
   *
   * @throws ProblemException if it is invalid, or is something that the caller may not ask for
   */
  FailoverRequest read(JsonRequest fields, Caller caller) {
    var accountId = accountId(fields);
    var regions = accountId.map(aws::regions).orElseGet(aws::regions);
    var id = fields.required("globalReplicationGroupId", GlobalDatastoreId::new);
    var targetRegion =
        fields.required("targetRegion", name -> FailoverFields.region(name, regions));
    var targetMember = fields.optional("targetReplicationGroupId", ReplicationGroupId::new);
    var mode = FailoverFields.mode(fields, caller);
    var reason = fields.requiredText("reason", LONGEST_REASON);
    var reference = fields.text("reference", LONGEST_REFERENCE);
    var expected =
        fields.optional("expectedPrimaryRegion", name -> FailoverFields.region(name, regions));
    var acceptDataLoss = FailoverFields.acceptDataLoss(fields, mode);
    var times = times(fields);
    var overrides = FailoverFields.overrides(fields, "reason", reason, caller);
    var supersedes = fields.optional("supersedes", FailoverRequestReader::failoverId);
    if (supersedes.isPresent() && mode != FailoverMode.DETACH) {
      fields.violation("supersedes", "is for mode DETACH only, but mode is " + mode);
    }
    fields.finish();
    return new FailoverRequest(
        accountId.orElseThrow(),
        id.orElseThrow(),
        targetRegion.orElseThrow(),
        targetMember,
        mode,
        reason.orElseThrow(),
        reference,
        expected,
        acceptDataLoss,
        times.startBefore(),
        supersedes,
        overrides,
        times.scheduledFor(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads in which way a failover is to be taken back.
   *
   * @param taken the failover, which has moved the primary away from a Region that is known
   * @throws ProblemException if it is invalid, or is something that the caller may not ask for
   */
  FailoverRequest readFailback(JsonRequest fields, Caller caller, Failover taken) {
    var mode = fields.choice("mode", FailoverMode.class).orElse(FailoverMode.SWITCHOVER);
    if (mode == FailoverMode.DETACH) {
      fields.violation("mode", "must be SWITCHOVER or FAILOVER: a DETACH leads nowhere back");
    }
    var comment = fields.requiredText("comment", LONGEST_REASON);
    var reference = fields.text("reference", LONGEST_REFERENCE);
    var acceptDataLoss = FailoverFields.acceptDataLoss(fields, mode);
    var soak = fields.duration("soak", LONGEST_SOAK);
    var times = times(fields);
    var overrides = FailoverFields.overrides(fields, "comment", comment, caller);
    fields.finish();
    return new FailoverRequest(
        taken.accountId(),
        taken.globalReplicationGroupId(),
        taken.sourceRegion().orElseThrow(),
        taken.sourceReplicationGroupId(),
        mode,
        comment.orElseThrow(),
        reference,
        Optional.of(taken.targetRegion()),
        acceptDataLoss,
        times.startBefore(),
        Optional.empty(),
        overrides,
        times.scheduledFor(),
        Optional.of(
            new FailbackOf(taken.getId(), soak.map(taken.finishedAt().orElseThrow()::plus))),
        Optional.empty());
  }

  /** When it is to start, and until when it must have. */
  private record Times(Optional<Instant> scheduledFor, Optional<Instant> startBefore) {}

  private Times times(JsonRequest fields) {
    var scheduledFor = scheduledFor(fields);
    var startBefore = fields.instant("startBefore");
    startBefore.ifPresent(at -> checkLiesAhead(fields, scheduledFor, at));
    return new Times(scheduledFor, startBefore);
  }

  private Optional<Instant> scheduledFor(JsonRequest fields) {
    var now = clock.instant();
    var scheduledFor = fields.instant("scheduledFor");
    scheduledFor.ifPresent(at -> {
      if (!at.isAfter(now)) {
        fields.violation(
            "scheduledFor", "must lie ahead, but is %s, and it is %s".formatted(at, now));
      } else if (at.isAfter(now.plus(LONGEST_SCHEDULE))) {
        fields.violation(
            "scheduledFor",
            "must lie within %d days, but is %s".formatted(LONGEST_SCHEDULE.toDays(), at));
      }
    });
    return scheduledFor;
  }

  /**
   * Reads at what other time a failover is to start.
   *
   * @throws ProblemException if it is invalid
   */
  FailoverInterventions.Rescheduling readRescheduling(JsonRequest fields) {
    if (!fields.has("scheduledFor")) {
      fields.violation("scheduledFor", "is required");
    }
    var times = times(fields);
    fields.finish();
    return new FailoverInterventions.Rescheduling(
        times.scheduledFor().orElseThrow(), times.startBefore());
  }

  private static UUID failoverId(String text) {
    return FailoverId.parse(text)
        .map(FailoverId::value)
        .orElseThrow(() ->
            new IllegalArgumentException("must be the id of a failover, as the API shows it"));
  }

  private void checkLiesAhead(
      JsonRequest fields, Optional<Instant> scheduledFor, Instant startBefore) {
    var now = clock.instant();
    var start = scheduledFor.orElse(now);
    if (!startBefore.isAfter(now)) {
      fields.violation(
          "startBefore", "must lie ahead, but is %s, and it is %s".formatted(startBefore, now));
    } else if (!startBefore.isAfter(start)) {
      fields.violation(
          "startBefore",
          "must lie after scheduledFor, but is %s, and that is %s".formatted(startBefore, start));
    } else if (startBefore.isAfter(start.plus(LONGEST_WAIT))) {
      fields.violation(
          "startBefore",
          ("must lie within a day of the start, but is %s: what was urgent then must not"
                  + " happen by surprise")
              .formatted(startBefore));
    }
  }

  /** Never guessed: the same id may be another Global datastore in another account. */
  private Optional<AccountId> accountId(JsonRequest fields) {
    var named = fields.optional("accountId", aws::served);
    if (fields.has("accountId")) {
      return named;
    }
    if (aws.hasSeveralAccounts()) {
      fields.violation("accountId", "is required: " + aws.choice());
      return Optional.empty();
    }
    return Optional.of(aws.accountIds().getFirst());
  }
}
