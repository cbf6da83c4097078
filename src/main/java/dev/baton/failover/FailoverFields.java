package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.Permission;
import dev.baton.core.Region;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the fields that a request for one failover and for many have in common. */
public final class FailoverFields {
  private static final int LONGEST_OVERRIDE = 200;
  private static final int MOST_OVERRIDES = 50;

  /** Who breaks glass explains it, to whoever looks into it afterwards. */
  private static final int SHORTEST_BREAK_GLASS_REASON = 40;

  private FailoverFields() {}

  /**
   * How the primary role is to move.
   *
   * @throws ProblemException if it is not for the caller to ask for
   */
  public static FailoverMode mode(JsonRequest fields, Caller caller) {
    var mode = fields.choice("mode", FailoverMode.class).orElse(FailoverMode.SWITCHOVER);
    if (mode == FailoverMode.DETACH && !caller.may(Permission.FAILOVER_DETACH)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Mode DETACH needs the permission %s, which %s lacks."
              .formatted(Permission.FAILOVER_DETACH.scope(), caller.actor().subject()));
    }
    return mode;
  }

  /** Whether writes may be lost, which a rescue has to say. */
  public static boolean acceptDataLoss(JsonRequest fields, FailoverMode mode) {
    var acceptDataLoss = fields.flag("acceptDataLoss", false);
    if (mode.isRescue() && !acceptDataLoss) {
      fields.violation(
          "acceptDataLoss",
          "must be true for mode %s: writes that were not yet replicated are lost".formatted(mode));
    }
    return acceptDataLoss;
  }

  /**
   * A Region by its name.
   *
   * @throws IllegalArgumentException if it is none of these, with a message that names them
   */
  public static Region region(String name, List<Region> served) {
    return Optional.of(new Region(name))
        .filter(served::contains)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of the Regions served here (%s), but is '%s'"
                    .formatted(
                        served.stream().map(Region::name).collect(Collectors.joining(", ")),
                        name)));
  }

  /**
   * Names of rules or holds that are to be set aside, which few may do.
   *
   * @throws ProblemException if the caller may not
   */
  public static Set<String> overrides(
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
}
