package dev.baton.policy;

import static java.util.Map.entry;

import dev.baton.core.FailoverMode;
import dev.baton.policy.document.DocumentErrors;
import dev.baton.policy.document.Node;
import dev.baton.policy.document.NodeReader;
import dev.baton.policy.document.Place;
import dev.baton.policy.document.YamlNodes;
import dev.baton.policy.pattern.ReferencePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a policy document, and tells everything that is wrong with it at once. */
final class PolicyDocumentReader {
  private static final List<String> DOCUMENT = List.of("apiVersion", "kind", "metadata", "rules");
  private static final List<String> METADATA = List.of("name", "version");
  private static final List<String> MATCH = List.of("globalReplicationGroupIds", "modes");
  private static final List<String> RULE = List.of("name", "match");

  private static final String MAX_LAG = "maxReplicationLag";
  private static final String ALLOW_UNKNOWN_LAG = "allowUnknownLag";

  /** Reads a demand from its field; the rule's other fields may say more about it. */
  private interface DemandReader {
    Optional<Demand> read(NodeReader reader, Node value, Map<String, Node> rule);
  }

  /** In the order in which messages name them. */
  private static final List<Map.Entry<String, DemandReader>> DEMANDS =
      List.of(
          entry("allowedTargetRegions", PolicyDocumentReader::allowedTargetRegions),
          entry("allowedModes", PolicyDocumentReader::allowedModes),
          entry(
              "coolDown",
              (reader, node, _) -> reader.value(node, Values::coolDown).map(CoolDown::new)),
          entry(MAX_LAG, PolicyDocumentReader::maxReplicationLag),
          entry(
              "requireReference",
              (reader, node, _) ->
                  reader.value(node, ReferencePattern::new).map(RequiredReference::new)));

  private static final List<String> DEMAND_NAMES = DEMANDS.stream().map(Map.Entry::getKey).toList();

  private static final List<String> RULE_FIELDS =
      Stream.of(RULE, DEMAND_NAMES, List.of(ALLOW_UNKNOWN_LAG)).flatMap(List::stream).toList();

  private final DocumentErrors errors = new DocumentErrors();
  private final NodeReader reader = new NodeReader(errors);

  private PolicyDocumentReader() {}

  static PolicyDocument read(String text, String origin) {
    var reading = new PolicyDocumentReader();
    var document = YamlNodes.read(text, reading.errors).flatMap(reading::document);
    if (document.isEmpty() || !reading.errors.isEmpty()) {
      throw new InvalidPolicyException(origin, reading.errors.messages());
    }
    return document.get();
  }

  private Optional<PolicyDocument> document(Node root) {
    reader.fields(root, DOCUMENT);
    reader
        .required(root, "apiVersion")
        .ifPresent(node -> reader.value(node, Values.exactly("baton/v1")));
    reader.required(root, "kind").ifPresent(node -> reader.value(node, Values.exactly("Policy")));
    var metadata = reader.required(root, "metadata");
    metadata.ifPresent(node -> reader.fields(node, METADATA));
    var name =
        metadata
            .flatMap(node -> reader.required(node, "name"))
            .flatMap(node -> reader.value(node, Values::name));
    var version =
        metadata
            .flatMap(node -> reader.required(node, "version"))
            .flatMap(node -> reader.value(node, Values::version));
    var rules = reader.required(root, "rules").map(this::rules).orElse(List.of());
    return name.flatMap(n -> version.map(v -> new PolicyDocument(n, v, rules)));
  }

  private List<Rule> rules(Node node) {
    var seen = new HashMap<String, Place>();
    return reader.items(node).stream().flatMap(item -> rule(item, seen).stream()).toList();
  }

  private Optional<Rule> rule(Node node, Map<String, Place> namesSeen) {
    var fields = reader.fields(node, RULE_FIELDS);
    if (fields.containsKey(ALLOW_UNKNOWN_LAG) && !fields.containsKey(MAX_LAG)) {
      errors.add(
          fields.get(ALLOW_UNKNOWN_LAG).place(),
          "must stand beside %s, which this rule lacks".formatted(MAX_LAG));
    }
    var name = reader.required(node, "name").flatMap(it -> ruleName(it, namesSeen));
    var match = Optional.ofNullable(fields.get("match")).map(this::match).orElse(Match.EVERYTHING);
    var demand = demand(node, fields);
    return name.flatMap(n -> demand.map(d -> new Rule(n, match, d)));
  }

  private Optional<String> ruleName(Node node, Map<String, Place> namesSeen) {
    var name = reader.value(node, Values::name);
    name.ifPresent(it -> {
      var earlier = namesSeen.putIfAbsent(it, node.place());
      if (earlier != null) {
        errors.add(
            node.place(),
            "must differ from the other rules' names, but %s is '%s' too".formatted(earlier, it));
      }
    });
    return name;
  }

  private Match match(Node node) {
    var fields = reader.fields(node, MATCH);
    var globalDatastores =
        Optional.ofNullable(fields.get("globalReplicationGroupIds"))
            .map(it -> reader.values(it, Values::globalDatastores))
            .orElse(Match.EVERYTHING.globalDatastores());
    var modes =
        Optional.ofNullable(fields.get("modes"))
            .map(it -> modes(reader, it))
            .orElse(Match.EVERYTHING.modes());
    return new Match(globalDatastores, modes);
  }

  private Optional<Demand> demand(Node node, Map<String, Node> fields) {
    var present = DEMANDS.stream().filter(kind -> fields.containsKey(kind.getKey())).toList();
    if (node instanceof Node.Fields && present.size() != 1) {
      errors.add(
          node.place(),
          "must have exactly one of %s, but has %s"
              .formatted(
                  String.join(", ", DEMAND_NAMES),
                  present.isEmpty()
                      ? "none"
                      : String.join(" and ", present.stream().map(Map.Entry::getKey).toList())));
    }
    var demands = new ArrayList<Demand>();
    for (var kind : present) {
      Optional.ofNullable(fields.get(kind.getKey()))
          .flatMap(value -> kind.getValue().read(reader, value, fields))
          .ifPresent(demands::add);
    }
    return demands.stream().findFirst();
  }

  private static Optional<Demand> maxReplicationLag(
      NodeReader reader, Node node, Map<String, Node> rule) {
    var most = reader.value(node, Values::maxReplicationLag);
    var allowsUnknown =
        Optional.ofNullable(rule.get(ALLOW_UNKNOWN_LAG))
            .map(it -> reader.value(it, Values::flag).orElse(false))
            .orElse(false);
    return most.map(it -> new MaxReplicationLag(it, allowsUnknown));
  }

  private static Optional<Demand> allowedTargetRegions(
      NodeReader reader, Node node, Map<String, Node> rule) {
    return Optional.of(new AllowedTargetRegions(reader.values(node, Values::regions)));
  }

  private static Optional<Demand> allowedModes(
      NodeReader reader, Node node, Map<String, Node> rule) {
    return Optional.of(new AllowedModes(modes(reader, node)));
  }

  private static Set<FailoverMode> modes(NodeReader reader, Node node) {
    return new LinkedHashSet<>(reader.values(node, NodeReader.oneOf(FailoverMode.class)));
  }
}
