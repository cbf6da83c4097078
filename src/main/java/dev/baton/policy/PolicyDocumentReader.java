package dev.baton.policy;

import static java.util.Map.entry;

import dev.baton.core.FailoverMode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads a policy document, and tells everything that is wrong with it at once. */
final class PolicyDocumentReader {
  private static final List<String> DOCUMENT = List.of("apiVersion", "kind", "metadata", "rules");
  private static final List<String> METADATA = List.of("name", "version");
  private static final List<String> MATCH = List.of("globalReplicationGroupIds", "modes");
  private static final List<String> RULE = List.of("name", "match");

  /** In the order in which messages name them. */
  private static final List<Map.Entry<String, BiFunction<NodeReader, Node, Optional<Demand>>>>
      DEMANDS =
          List.of(
              entry("allowedTargetRegions", PolicyDocumentReader::allowedTargetRegions),
              entry("allowedModes", PolicyDocumentReader::allowedModes),
              entry(
                  "coolDown",
                  (reader, node) -> reader.value(node, Values::coolDown).map(CoolDown::new)),
              entry(
                  "requireReference",
                  (reader, node) ->
                      reader.value(node, ReferencePattern::new).map(RequiredReference::new)));

  private static final List<String> DEMAND_NAMES = DEMANDS.stream().map(Map.Entry::getKey).toList();

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
    var fields = reader.fields(node, Stream.concat(RULE.stream(), DEMAND_NAMES.stream()).toList());
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
    return present.stream()
        .map(kind -> kind.getValue().apply(reader, fields.get(kind.getKey())))
        .toList()
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Demand> allowedTargetRegions(NodeReader reader, Node node) {
    return Optional.of(new AllowedTargetRegions(reader.values(node, Values::regions)));
  }

  private static Optional<Demand> allowedModes(NodeReader reader, Node node) {
    return Optional.of(new AllowedModes(modes(reader, node)));
  }

  private static Set<FailoverMode> modes(NodeReader reader, Node node) {
    return new LinkedHashSet<>(reader.values(node, NodeReader.oneOf(FailoverMode.class)));
  }
}
