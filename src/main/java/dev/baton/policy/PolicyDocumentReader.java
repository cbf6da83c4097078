package dev.baton.policy;

import dev.baton.policy.document.DocumentErrors;
import dev.baton.policy.document.Node;
import dev.baton.policy.document.NodeReader;
import dev.baton.policy.document.Place;
import dev.baton.policy.document.YamlNodes;
import dev.baton.policy.pattern.Glob;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a policy document, and tells everything that is wrong with it at once. */
final class PolicyDocumentReader {
  static final int MOST_BYTES = 256 * 1024;

  private static final List<String> DOCUMENT =
      List.of("apiVersion", "kind", "metadata", "match", "rules");
  private static final List<String> METADATA = List.of("name", "version", "comment");
  private static final List<String> MATCH =
      List.of("globalReplicationGroupIds", "accountIds", "regions", "modes", "requesterGroups");
  private static final List<String> RULE_FIELDS =
      Stream.of(
              List.of("name", "match", "overridable", "enforcement"),
              DemandReader.NAMES,
              DemandReader.COMPANIONS.keySet().stream().sorted().toList())
          .flatMap(List::stream)
          .toList();

  private static final int LONGEST_GROUP = 255;
  private static final int LONGEST_COMMENT = 1000;

  private final DocumentErrors errors = new DocumentErrors();
  private final NodeReader reader = new NodeReader(errors);
  private final DemandReader demands = new DemandReader(reader);

  private PolicyDocumentReader() {}

  /**
   * Reads YAML or JSON.
   *
   * @param origin where the text comes from, for the message
   * @throws InvalidPolicyException if it can't be used
   */
  static PolicyDocument read(String text, String origin) {
    var reading = new PolicyDocumentReader();
    var document = reading.nodes(text).flatMap(reading::document);
    if (document.isEmpty() || !reading.errors.isEmpty()) {
      throw new InvalidPolicyException(origin, reading.errors.all());
    }
    return document.get();
  }

  private Optional<Node> nodes(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      errors.add(
          Place.DOCUMENT,
          "must have at most %d bytes (256 KiB), but has more".formatted(MOST_BYTES));
      return Optional.empty();
    }
    return YamlNodes.read(text, errors);
  }

  private Optional<PolicyDocument> document(Node root) {
    var fields = reader.fields(root, DOCUMENT);
    required(root, "apiVersion", Values.exactly("baton/v1"));
    required(root, "kind", Values.exactly("Policy"));
    var metadata = reader.required(root, "metadata");
    var about = metadata.map(node -> reader.fields(node, METADATA)).orElse(Map.of());
    var name = metadata.flatMap(node -> required(node, "name", Values::policyName));
    var version = value(about, "version", Values::version);
    var comment = value(about, "comment", Values.line(LONGEST_COMMENT));
    var match = match(fields);
    var rules = reader.required(root, "rules").map(this::rules).orElse(List.of());
    return name.map(it -> new PolicyDocument(it, version.orElse(1), comment, match, rules));
  }

  private List<Rule> rules(Node node) {
    var seen = new HashMap<String, Place>();
    return reader.items(node).stream().flatMap(item -> rule(item, seen).stream()).toList();
  }

  private Optional<Rule> rule(Node node, Map<String, Place> namesSeen) {
    var fields = reader.fields(node, RULE_FIELDS);
    var name = reader.required(node, "name").flatMap(it -> ruleName(it, namesSeen));
    var match = match(fields);
    var isOverridable = value(fields, "overridable", Values::flag).orElse(true);
    var enforcement =
        value(fields, "enforcement", NodeReader.oneOf(Enforcement.class))
            .orElse(Enforcement.ENFORCE);
    var demand = demands.demand(node, fields);
    return name.flatMap(
        it -> demand.map(wanted -> new Rule(it, match, isOverridable, enforcement, wanted)));
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

  /** The match of a document or a rule; without one it concerns everything. */
  private Match match(Map<String, Node> parent) {
    return Optional.ofNullable(parent.get("match")).map(this::match).orElse(Match.EVERYTHING);
  }

  private Match match(Node node) {
    var fields = reader.fields(node, MATCH);
    return new Match(
        globs(fields, "globalReplicationGroupIds", Values::globalDatastores),
        Set.copyOf(values(fields, "accountIds", Values::account)),
        globs(fields, "regions", Values::regions),
        Optional.ofNullable(fields.get("modes"))
            .map(demands::modes)
            .orElse(Match.EVERYTHING.modes()),
        new LinkedHashSet<>(values(fields, "requesterGroups", Values.line(LONGEST_GROUP))));
  }

  private List<Glob> globs(
      Map<String, Node> fields, String name, Function<String, Glob> conversion) {
    return fields.containsKey(name)
        ? values(fields, name, conversion)
        : Match.EVERYTHING.globalDatastores();
  }

  private <T> List<T> values(
      Map<String, Node> fields, String name, Function<String, T> conversion) {
    return Optional.ofNullable(fields.get(name))
        .map(node -> reader.values(node, conversion))
        .orElse(List.of());
  }

  private <T> Optional<T> value(
      Map<String, Node> fields, String name, Function<String, T> conversion) {
    return Optional.ofNullable(fields.get(name)).flatMap(node -> reader.value(node, conversion));
  }

  private <T> Optional<T> required(Node node, String name, Function<String, T> conversion) {
    return reader.required(node, name).flatMap(it -> reader.value(it, conversion));
  }
}
