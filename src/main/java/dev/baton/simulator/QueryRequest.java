package dev.baton.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One call of the Query API, its parameters read as strictly as their types demand. */
record QueryRequest(String requestId, String region, Map<String, String> parameters) {

  static final String VERSION = "2015-02-02";

  private static final Set<String> COMMON = Set.of("Action", "Version");

  String action() {
    return parameters.getOrDefault("Action", "");
  }

  /** Refuses what this action doesn't know. */
  void allowing(Set<String> names) {
    for (String name : parameters.keySet()) {
      if (!names.contains(name) && !COMMON.contains(name)) {
        throw new QueryError(
            400,
            "InvalidQueryParameter",
            "%s has no parameter %s; it takes %s.".formatted(action(), name, names));
      }
    }
  }

  void refusingTogether(String one, String other) {
    if (optional(one).isPresent() && optional(other).isPresent()) {
      throw QueryError.invalidCombination(
          "%s and %s can't be given together.".formatted(one, other));
    }
  }

  String required(String name) {
    return optional(name)
        .orElseThrow(() ->
            new QueryError(
                400,
                "MissingParameter",
                "The request must contain the parameter %s.".formatted(name)));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return switch (optional(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QueryError.invalidValue("%s must be true or false.".formatted(name));
    };
  }

  int number(String name, int lowest, int highest, int otherwise) {
    Optional<String> given = optional(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(given.get());
      if (number >= lowest && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of bounds.
    }
    throw QueryError.invalidValue(
        "%s is '%s'; it must be between %d and %d.".formatted(name, given.get(), lowest, highest));
  }
}
