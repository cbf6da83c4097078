package dev.baton.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy document that can't be used; the message names everything that is wrong with it. */
final class InvalidPolicyException extends RuntimeException {

  InvalidPolicyException(String origin, List<String> errors) {
    super(
        errors.stream()
            .map(error -> "%n  - %s".formatted(error))
            .collect(
                Collectors.joining("", "The policy in %s can't be used:".formatted(origin), "")));
  }
}
