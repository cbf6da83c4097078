package dev.baton.policy.store;

import dev.baton.policy.document.DocumentErrors;
import dev.baton.policy.document.Node;
import dev.baton.policy.document.YamlNodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a document says, without how it is written: the order of fields, comments and quotes are of
 * no account.
 *
 * @param match what it says of the requests that it concerns
 * @param rules what each rule says, by the rule's name
 */
record WrittenRules(String match, Map<String, String> rules) {
  static final WrittenRules NONE = new WrittenRules("", Map.of());

  /** What a document says that can be used. */
  static WrittenRules of(String text) {
    var root = YamlNodes.read(text, new DocumentErrors()).map(WrittenRules::fields).orElseThrow();
    var rules = new LinkedHashMap<String, String>();
    if (root.get("rules") instanceof Node.Items(_, var items)) {
      for (var item : items) {
        if (fields(item).get("name") instanceof Node.Scalar name) {
          rules.put(name.text(), written(item));
        }
      }
    }
    return new WrittenRules(
        Optional.ofNullable(root.get("match")).map(WrittenRules::written).orElse(""), rules);
  }

  private static Map<String, Node> fields(Node node) {
    return node instanceof Node.Fields(_, var fields) ? fields : Map.of();
  }

  private static String written(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> "'%s'".formatted(scalar.text());
      case Node.Items(_, var items) ->
          items.stream().map(WrittenRules::written).collect(Collectors.joining(",", "[", "]"));
      case Node.Fields(_, var fields) ->
          fields.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(field -> field.getKey() + ":" + written(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case Node.Refused _ -> throw new IllegalStateException("a document in use has no mistakes");
    };
  }
}
