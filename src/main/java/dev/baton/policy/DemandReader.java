package dev.baton.policy;

import static java.util.Map.entry;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReadinessLevel;
import dev.baton.policy.document.Node;
import dev.baton.policy.document.NodeReader;
import dev.baton.policy.document.Quoted;
import dev.baton.policy.expression.Condition;
import dev.baton.policy.pattern.ReferencePattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads what a rule demands: the field that names its type, and those that go with it. */
record DemandReader(NodeReader reader) {
  private static final int MOST_CONCURRENT = 10_000;
  private static final int MOST_APPROVALS = 10;
  private static final int LONGEST_ADVICE = 500;

  private static final List<String> CONCURRENT =
      List.of("inAccount", "fromSourceRegion", "toTargetRegion");
  private static final List<String> APPROVALS = List.of("required", "from", "expiresAfter");

  /** Reads a demand from its field; the rule's other fields may say more about it. */
  private interface Kind {
    Optional<? extends Demand> read(DemandReader it, Node value, Map<String, Node> rule);
  }

  /** In the order in which messages name them. */
  private static final List<Map.Entry<String, Kind>> KINDS =
      List.of(
          entry(
              "allowedTargetRegions",
              (it, node, _) ->
                  Optional.of(new AllowedTargetRegions(it.reader.values(node, Values::regions)))),
          entry("allowedModes", (it, node, _) -> Optional.of(new AllowedModes(it.modes(node)))),
          entry(
              "coolDown",
              (it, node, _) -> it.reader.value(node, Values::coolDown).map(CoolDown::new)),
          entry("maxReplicationLag", DemandReader::maxReplicationLag),
          entry(
              "requireReference",
              (it, node, _) ->
                  it.reader.value(node, ReferencePattern::new).map(RequiredReference::new)),
          entry(
              "requireExpectedPrimary",
              (it, node, _) ->
                  it.reader
                      .value(node, Values.exactly("true"))
                      .map(_ -> new RequiredExpectedPrimary())),
          entry("requireReadiness", DemandReader::requireReadiness),
          entry(
              "freezeWindows",
              (it, node, _) ->
                  Optional.of(new FreezeWindows(new WindowReader(it.reader).windows(node)))),
          entry("maxConcurrent", (it, node, _) -> it.maxConcurrent(node)),
          entry("approvals", (it, node, _) -> it.approvals(node)),
          entry("deny", (it, node, rule) -> it.expressed(node, rule, true)),
          entry("require", (it, node, rule) -> it.expressed(node, rule, false)));

  static final List<String> NAMES = KINDS.stream().map(Map.Entry::getKey).toList();

  /** The fields that go with a demand, and with which. */
  static final Map<String, List<String>> COMPANIONS =
      Map.of(
          "allowUnknownLag", List.of("maxReplicationLag"),
          "allowUnknownReadiness", List.of("requireReadiness"),
          "remedy", List.of("deny", "require"));

  Optional<Demand> demand(Node rule, Map<String, Node> fields) {
    COMPANIONS.forEach((name, demands) -> refuseAlone(name, demands, fields));
    var present = KINDS.stream().filter(kind -> fields.containsKey(kind.getKey())).toList();
    if (rule instanceof Node.Fields && present.size() != 1) {
      var names = present.stream().map(Map.Entry::getKey).toList();
      reader
          .errors()
          .add(
              rule.place(),
              "must have exactly one of %s, but has %s"
                  .formatted(
                      String.join(", ", NAMES),
                      present.isEmpty() ? "none" : String.join(" and ", names)));
    }
    var demands = new ArrayList<Demand>();
    for (var kind : present) {
      Optional.ofNullable(fields.get(kind.getKey()))
          .flatMap(value -> kind.getValue().read(this, value, fields))
          .ifPresent(demands::add);
    }
    return demands.stream().findFirst();
  }

  private void refuseAlone(String name, List<String> demands, Map<String, Node> fields) {
    var companion = fields.get(name);
    if (companion != null && demands.stream().noneMatch(fields::containsKey)) {
      reader
          .errors()
          .add(
              companion.place(),
              "must stand beside %s, which this rule lacks"
                  .formatted(String.join(" or ", demands)));
    }
  }

  private Optional<Demand> maxReplicationLag(Node node, Map<String, Node> rule) {
    var allowsUnknown = flag(rule, "allowUnknownLag");
    return reader
        .value(node, Values::maxReplicationLag)
        .map(most -> new MaxReplicationLag(most, allowsUnknown));
  }

  private Optional<Demand> requireReadiness(Node node, Map<String, Node> rule) {
    var allowsUnknown = flag(rule, "allowUnknownReadiness");
    return reader
        .value(node, DemandReader::demandableLevel)
        .map(worst -> new RequiredReadiness(worst, allowsUnknown));
  }

  private static ReadinessLevel demandableLevel(String text) {
    return switch (text) {
      case "READY" -> ReadinessLevel.READY;
      case "ATTENTION" -> ReadinessLevel.ATTENTION;
      default ->
          throw new IllegalArgumentException(
              "must be READY or ATTENTION (which lets READY pass too), but is '%s'"
                  .formatted(Quoted.shortened(text)));
    };
  }

  private Optional<Demand> maxConcurrent(Node node) {
    var fields = reader.fields(node, CONCURRENT);
    if (node instanceof Node.Fields && CONCURRENT.stream().noneMatch(fields::containsKey)) {
      reader
          .errors()
          .add(
              node.place(),
              "must have at least one of %s, but has none"
                  .formatted(String.join(", ", CONCURRENT)));
    }
    return Optional.of(
        new MaxConcurrent(
            limit(fields, "inAccount"),
            limit(fields, "fromSourceRegion"),
            limit(fields, "toTargetRegion")));
  }

  private OptionalInt limit(Map<String, Node> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .flatMap(node -> reader.value(node, Values.whole(MOST_CONCURRENT)))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private Optional<Demand> approvals(Node node) {
    reader.fields(node, APPROVALS);
    var required = required(node, "required", Values.whole(MOST_APPROVALS));
    var from = reader.required(node, "from").map(it -> reader.values(it, Values.line(255)));
    var expiresAfter = required(node, "expiresAfter", Values::expiresAfter);
    return required.flatMap(count ->
        from.flatMap(groups -> expiresAfter.map(wait -> new Approvals(count, groups, wait))));
  }

  private Optional<Demand> expressed(Node node, Map<String, Node> rule, boolean denies) {
    var advice =
        Optional.ofNullable(rule.get("remedy"))
            .flatMap(it -> reader.value(it, Values.line(LONGEST_ADVICE)));
    return reader
        .value(node, Condition::new)
        .map(condition -> new Expressed(condition, denies, advice));
  }

  private <T> Optional<T> required(Node node, String name, Function<String, T> conversion) {
    return reader.required(node, name).flatMap(it -> reader.value(it, conversion));
  }

  private boolean flag(Map<String, Node> rule, String name) {
    return Optional.ofNullable(rule.get(name))
        .flatMap(node -> reader.value(node, Values::flag))
        .orElse(false);
  }

  Set<FailoverMode> modes(Node node) {
    return new LinkedHashSet<>(reader.values(node, NodeReader.oneOf(FailoverMode.class)));
  }
}
