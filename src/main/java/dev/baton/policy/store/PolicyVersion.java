package dev.baton.policy.store;

import dev.baton.core.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a policy. It never changes.
 *
 * @param version from 1, without a gap
 * @param text the document as it was sent; empty where this version withdraws the policy
 * @param author who stored it
 * @param comment why, in the author's words
 */
record PolicyVersion(
    String name,
    int version,
    Optional<String> text,
    Actor author,
    String comment,
    Instant storedAt) {

  boolean isWithdrawn() {
    return text.isEmpty();
  }

  /** The strong entity tag of the policy while this is its youngest version. */
  String eTag() {
    return eTag(version);
  }

  static String eTag(int version) {
    return "\"%d\"".formatted(version);
  }
}
