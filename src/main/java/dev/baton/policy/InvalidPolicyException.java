package dev.baton.policy;

import dev.baton.policy.document.DocumentError;
import java.util.List;
import java.util.stream.Collectors;

/** A policy document that can't be used; it names everything that is wrong with it. */
public final class InvalidPolicyException extends RuntimeException {
  private final transient List<DocumentError> errors;

  public InvalidPolicyException(String origin, List<DocumentError> errors) {
    super(
        errors.stream()
            .map(error -> "%n  - %s".formatted(error))
            .collect(
                Collectors.joining("", "The policy in %s can't be used:".formatted(origin), "")));
    this.errors = List.copyOf(errors);
  }

  public List<DocumentError> errors() {
    return errors;
  }
}
