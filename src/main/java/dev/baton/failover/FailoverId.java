package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;

/** Names a failover. */
record FailoverId(@JsonValue UUID value) implements Serializable {

  static FailoverId random() {
    return new FailoverId(UUID.randomUUID());
  }

  /** An id as the API writes it; empty if it isn't one. */
  static Optional<FailoverId> parse(String text) {
    try {
      return Optional.of(new FailoverId(UUID.fromString(text)))
          .filter(id -> id.toString().equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
