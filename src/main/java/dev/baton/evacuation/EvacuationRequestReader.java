package dev.baton.evacuation;

import dev.baton.core.AccountId;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.evacuation.EvacuationTerms.Selector;
import dev.baton.failover.FailoverFields;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.policy.pattern.Glob;
import dev.baton.problem.JsonRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Reads the body of a request for an evacuation; what is wrong with it is said all at once. */
@Component
class EvacuationRequestReader {
  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_REFERENCE = 255;
  private static final int LONGEST_ID = 255;
  private static final int MOST_PATTERNS = 200;
  private static final int MOST = 100_000;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final Pattern GLOB = Pattern.compile("[a-zA-Z*?][a-zA-Z0-9*?-]{0,254}");
  private static final Pattern ANYTHING = Pattern.compile("[*?]+");

  private final AwsEnvironment aws;

  EvacuationRequestReader(AwsEnvironment aws) {
    this.aws = aws;
  }

  /** What is asked for. */
  EvacuationTerms read(JsonRequest fields, Caller caller) {
    var from = fields.required("fromRegion", this::region);
    var to = targets(fields, from);
    var selector = fields.requiredObject("selector").map(one -> selector(one, fields));
    var mode = FailoverFields.mode(fields, caller);
    var acceptDataLoss = FailoverFields.acceptDataLoss(fields, mode);
    var pace = pace(fields);
    var reason = fields.requiredText("reason", LONGEST_REASON);
    var reference = fields.text("reference", LONGEST_REFERENCE);
    var overrides = FailoverFields.overrides(fields, "reason", reason, caller);
    fields.finish();
    return terms(
        from.orElseThrow(),
        to,
        selector.orElseThrow(),
        mode,
        acceptDataLoss,
        pace,
        reason.orElseThrow(),
        reference,
        overrides);
  }

  /** In which way an evacuation is to be taken back. */
  EvacuationTerms readRollback(JsonRequest fields, Caller caller, Evacuation taken) {
    var mode = FailoverFields.mode(fields, caller);
    if (mode == FailoverMode.DETACH) {
      fields.violation("mode", "must be SWITCHOVER or FAILOVER: a DETACH leads nowhere back");
    }
    var acceptDataLoss = FailoverFields.acceptDataLoss(fields, mode);
    var pace = pace(fields);
    var comment = fields.requiredText("comment", LONGEST_REASON);
    var reference = fields.text("reference", LONGEST_REFERENCE);
    var overrides = FailoverFields.overrides(fields, "comment", comment, caller);
    fields.finish();
    return terms(
        taken.terms().toRegions().getFirst(),
        List.of(taken.terms().fromRegion()),
        taken.terms().selector(),
        mode,
        acceptDataLoss,
        pace,
        comment.orElseThrow(),
        reference,
        overrides);
  }

  private static EvacuationTerms terms(
      Region from,
      List<Region> to,
      Selector selector,
      FailoverMode mode,
      boolean acceptDataLoss,
      Pace pace,
      String reason,
      Optional<String> reference,
      Set<String> overrides) {
    return new EvacuationTerms(
        from,
        to,
        selector,
        mode,
        acceptDataLoss,
        pace.canary(),
        pace.waveSize(),
        pace.maxConcurrent(),
        pace.pauseBetweenWaves(),
        pace.stopAfterFailures(),
        reason,
        reference,
        overrides);
  }

  private Region region(String name) {
    return FailoverFields.region(name, aws.regions());
  }

  private List<Region> targets(JsonRequest fields, Optional<Region> from) {
    var one = fields.optional("toRegion", this::region);
    var several = fields.texts("preferredRegions", LONGEST_ID).orElse(List.of());
    if (fields.has("toRegion") == fields.has("preferredRegions")) {
      fields.violation("toRegion", "either this or preferredRegions must be there, and not both");
      return List.of();
    }
    if (fields.has("toRegion")) {
      one.filter(region -> from.equals(Optional.of(region)))
          .ifPresent(region ->
              fields.violation(
                  "toRegion", "must be another Region than fromRegion, but both are " + region));
      return one.stream().toList();
    }
    return preferred(fields, several, from);
  }

  private List<Region> preferred(JsonRequest fields, List<String> names, Optional<Region> from) {
    var isValid = !names.isEmpty() && new HashSet<>(names).size() == names.size();
    for (var name : names) {
      isValid &=
          aws.regions().stream().anyMatch(region -> region.name().equals(name))
              && from.filter(region -> region.name().equals(name)).isEmpty();
    }
    if (!isValid) {
      fields.violation(
          "preferredRegions",
          "must name some of the Regions served here (%s), each once, and not fromRegion"
              .formatted(String.join(", ", aws.regions().stream().map(Region::name).toList())));
      return List.of();
    }
    return names.stream().map(Region::new).toList();
  }

  private Selector selector(JsonRequest selector, JsonRequest request) {
    var all = selector.flag("all", false);
    var patterns = selector.texts("globalReplicationGroupIds", LONGEST_ID).orElse(List.of());
    var accounts = selector.texts("accountIds", LONGEST_ID).orElse(List.of());
    selector.noteUnknown();
    if (all == !patterns.isEmpty()) {
      request.violation(
          "selector",
          "must have either all: true or globalReplicationGroupIds; everything is meant only if it"
              + " says so");
    }
    if (patterns.size() > MOST_PATTERNS) {
      request.violation(
          "selector.globalReplicationGroupIds",
          "must have at most %d, but has %d".formatted(MOST_PATTERNS, patterns.size()));
    }
    for (var pattern : patterns) {
      if (!isPattern(pattern)) {
        request.violation(
            "selector.globalReplicationGroupIds",
            "must be ids, or patterns such as ldgnf-prod-* (for everything, send all: true), but one"
                + " is '%s'".formatted(pattern));
      }
    }
    var served = accounts.stream().filter(this::isServed).map(AccountId::new).toList();
    if (served.size() < accounts.size()) {
      request.violation("selector.accountIds", "each must be " + aws.choice());
    }
    return new Selector(all, patterns, served);
  }

  private boolean isServed(String account) {
    return aws.accountIds().stream().anyMatch(id -> id.value().equals(account));
  }

  private static boolean isPattern(String text) {
    if (!GLOB.matcher(text).matches() || ANYTHING.matcher(text).matches()) {
      return false;
    }
    if (!new Glob(text).isLiteral()) {
      return true;
    }
    try {
      return !new GlobalDatastoreId(text).value().isEmpty();
    } catch (IllegalArgumentException noId) {
      return false;
    }
  }

  /** How many at once, and when not to go on. */
  private record Pace(
      int canary,
      Optional<Integer> waveSize,
      Optional<Integer> maxConcurrent,
      Duration pauseBetweenWaves,
      Optional<Integer> stopAfterFailures) {}

  private static Pace pace(JsonRequest fields) {
    var canary = fields.number("canary", 0, MOST).orElse(0);
    var waveSize = fields.number("waveSize", 1, MOST);
    var maxConcurrent = fields.number("maxConcurrent", 1, MOST);
    if (waveSize.isPresent() && maxConcurrent.isPresent()) {
      fields.violation("maxConcurrent", "must be left out where waveSize is given");
    }
    return new Pace(
        canary,
        waveSize,
        maxConcurrent,
        fields.duration("pauseBetweenWaves", LONGEST_PAUSE).orElse(Duration.ZERO),
        fields.number("stopAfterFailures", 1, MOST));
  }
}
