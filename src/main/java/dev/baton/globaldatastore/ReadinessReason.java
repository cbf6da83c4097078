package dev.baton.globaldatastore;

import dev.baton.core.ReadinessLevel;

/**
 * What stands against a member's becoming primary.
 *
 * @param explanation what is seen, and what to make of it: a sentence
 */
public record ReadinessReason(ReadinessLevel level, ReadinessCode code, String explanation) {

  static ReadinessReason blocked(ReadinessCode code, String explanation) {
    return new ReadinessReason(ReadinessLevel.BLOCKED, code, explanation);
  }

  static ReadinessReason attention(ReadinessCode code, String explanation) {
    return new ReadinessReason(ReadinessLevel.ATTENTION, code, explanation);
  }
}
