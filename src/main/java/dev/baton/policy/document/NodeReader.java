package dev.baton.policy.document;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes values out of nodes; what isn't as it must be becomes an error and an empty answer. */
public record NodeReader(DocumentErrors errors) {

  /** The fields of a node that has no others than these. */
  public Map<String, Node> fields(Node node, List<String> allowed) {
    return switch (node) {
      case Node.Fields(var _, var fields) -> {
        fields.forEach((name, value) -> {
          if (!allowed.contains(name)) {
            errors.add(
                value.place(),
                "is not known here; allowed are %s".formatted(String.join(", ", allowed)));
          }
        });
        yield fields;
      }
      case Node.Refused _ -> Map.of();
      default -> {
        errors.add(
            node.place(),
            "must be a set of fields (%s), but is %s"
                .formatted(String.join(", ", allowed), node.kind()));
        yield Map.of();
      }
    };
  }

  /** A field that has to be there. It's only missing if its parent could be read. */
  public Optional<Node> required(Node parent, String name) {
    if (parent instanceof Node.Fields(var _, var fields)) {
      if (!fields.containsKey(name)) {
        errors.add(parent.place(), "must have the field %s, but lacks it".formatted(name));
      }
      return Optional.ofNullable(fields.get(name));
    }
    return Optional.empty();
  }

  public List<Node> items(Node node) {
    return switch (node) {
      case Node.Items(var _, var items) -> items;
      case Node.Refused _ -> List.of();
      default -> {
        errors.add(node.place(), "must be a list, but is %s".formatted(node.kind()));
        yield List.of();
      }
    };
  }

  /** The values of a list that has at least one and none twice. */
  public <T> List<T> values(Node node, Function<String, T> conversion) {
    if (node instanceof Node.Items(var place, var items) && items.isEmpty()) {
      errors.add(place, "must name at least one value, but is an empty list");
    }
    var values = items(node).stream().flatMap(item -> value(item, conversion).stream()).toList();
    if (values.stream().distinct().count() < values.size()) {
      errors.add(node.place(), "must name each value once, but is %s".formatted(values));
    }
    return values;
  }

  /** A single value; the conversion's exception says what it must be and what it is. */
  public <T> Optional<T> value(Node node, Function<String, T> conversion) {
    switch (node) {
      case Node.Scalar scalar -> {
        try {
          return Optional.of(conversion.apply(scalar.text()));
        } catch (IllegalArgumentException wrong) {
          errors.add(scalar.place(), String.valueOf(wrong.getMessage()));
        }
      }
      case Node.Refused _ -> {}
      case Node.Items _, Node.Fields _ ->
          errors.add(node.place(), "must be a single value, but is %s".formatted(node.kind()));
    }
    return Optional.empty();
  }

  public static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    var constants = type.getEnumConstants();
    var allowed = Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", "));
    return text ->
        Arrays.stream(constants)
            .filter(constant -> constant.name().equals(text))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "must be one of %s, but is '%s'".formatted(allowed, Quoted.shortened(text))));
  }
}
