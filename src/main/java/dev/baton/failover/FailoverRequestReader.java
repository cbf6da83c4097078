package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Permission;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads the body of a request for a failover; what is wrong with it is said all at once. */
@Component
class FailoverRequestReader {
  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_REFERENCE = 255;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final Duration LONGEST_SCHEDULE = Duration.ofDays(90);
  private static final Duration LONGEST_SOAK = Duration.ofDays(30);
  private static final int LONGEST_OVERRIDE = 200;
  private static final int MOST_OVERRIDES = 50;

  /** Who breaks glass explains it, to whoever looks into it afterwards. */
  private static final int SHORTEST_BREAK_GLASS_REASON = 40;

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
    var targetRegion = fields.required("targetRegion", name -> served(name, regions));
    var targetMember = fields.optional("targetReplicationGroupId", ReplicationGroupId::new);
    var mode = fields.choice("mode", FailoverMode.class).orElse(FailoverMode.SWITCHOVER);
    if (mode == FailoverMode.DETACH && !caller.may(Permission.FAILOVER_DETACH)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Mode DETACH needs the permission %s, which %s lacks."
              .formatted(Permission.FAILOVER_DETACH.scope(), caller.actor().subject()));
    }
    var reason = fields.requiredText("reason", LONGEST_REASON);
    var reference = fields.text("reference", LONGEST_REFERENCE);
    var expected = fields.optional("expectedPrimaryRegion", name -> served(name, regions));
    var acceptDataLoss = fields.flag("acceptDataLoss", false);
    var times = times(fields);
    checkAcceptsDataLoss(fields, mode, acceptDataLoss);
    var overrides = overrides(fields, "reason", reason, caller);
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
    var acceptDataLoss = fields.flag("acceptDataLoss", false);
    checkAcceptsDataLoss(fields, mode, acceptDataLoss);
    var soak = fields.duration("soak", LONGEST_SOAK);
    var times = times(fields);
    var overrides = overrides(fields, "comment", comment, caller);
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
            new FailbackOf(taken.getId(), soak.map(taken.finishedAt().orElseThrow()::plus))));
  }

  private static void checkAcceptsDataLoss(
      JsonRequest fields, FailoverMode mode, boolean acceptDataLoss) {
    if (mode.isRescue() && !acceptDataLoss) {
      fields.violation(
          "acceptDataLoss",
          "must be true for mode %s: writes that were not yet replicated are lost".formatted(mode));
    }
  }

  /** Names of rules or holds that are to be set aside, which few may do. */
  private static Set<String> overrides(
      JsonRequest fields, String reasonField, Optional<String> reason, Caller caller) {
    var overrides = fields.texts("overrides", LONGEST_OVERRIDE).orElse(List.of());
    if (overrides.isEmpty()) {
      return Set.of();
    }
    if (!caller.may(Permission.FAILOVER_BREAK_GLASS)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Overrides need the permission %s, which %s lacks."
              .formatted(Permission.FAILOVER_BREAK_GLASS.scope(), caller.actor().subject()));
    }
    if (overrides.size() > MOST_OVERRIDES) {
      fields.violation(
          "overrides",
          "must have at most %d names, but has %d".formatted(MOST_OVERRIDES, overrides.size()));
    }
    if (new HashSet<>(overrides).size() < overrides.size()) {
      fields.violation("overrides", "must name each rule once");
    }
    reason
        .filter(words -> words.length() < SHORTEST_BREAK_GLASS_REASON)
        .ifPresent(words ->
            fields.violation(
                reasonField,
                ("must have at least %d characters where rules are set aside, because"
                        + " somebody else will have to look into it, but has %d")
                    .formatted(SHORTEST_BREAK_GLASS_REASON, words.length())));
    return Set.copyOf(overrides);
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

  private static Region served(String name, List<Region> regions) {
    return Optional.of(new Region(name))
        .filter(regions::contains)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of the Regions served here (%s), but is '%s'"
                    .formatted(
                        regions.stream().map(Region::name).collect(Collectors.joining(", ")),
                        name)));
  }
}
