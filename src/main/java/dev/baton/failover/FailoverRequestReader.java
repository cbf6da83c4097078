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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a request for a failover; what is wrong with it is said all at once. */
@Component
class FailoverRequestReader {
  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_REFERENCE = 255;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final JsonMapper json;
  private final AwsEnvironment aws;
  private final InstantSource clock;

  FailoverRequestReader(JsonMapper json, AwsEnvironment aws, InstantSource clock) {
    this.json = json;
    this.aws = aws;
    this.clock = clock;
  }

  /** The body as an object whose fields are yet to be read. */
  JsonRequest parse(byte[] body) {
    return JsonRequest.parse(body, json);
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
    var startBefore = fields.instant("startBefore");
    startBefore.ifPresent(at -> checkLiesAhead(fields, at));
    if (mode.isRescue() && !acceptDataLoss) {
      fields.violation(
          "acceptDataLoss",
          "must be true for mode %s: writes that were not yet replicated are lost".formatted(mode));
    }
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
        startBefore,
        supersedes);
  }

  private static UUID failoverId(String text) {
    return FailoverId.parse(text)
        .map(FailoverId::value)
        .orElseThrow(() ->
            new IllegalArgumentException("must be the id of a failover, as the API shows it"));
  }

  private void checkLiesAhead(JsonRequest fields, Instant startBefore) {
    var now = clock.instant();
    if (!startBefore.isAfter(now)) {
      fields.violation(
          "startBefore", "must lie ahead, but is %s, and it is %s".formatted(startBefore, now));
    } else if (startBefore.isAfter(now.plus(LONGEST_WAIT))) {
      fields.violation(
          "startBefore",
          "must lie within a day, but is %s: what was urgent then must not happen by surprise"
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
