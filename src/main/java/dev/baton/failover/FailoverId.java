package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.UUID;

/** Names a failover. */
record FailoverId(@JsonValue UUID value) implements Serializable {

  static FailoverId random() {
    return new FailoverId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
