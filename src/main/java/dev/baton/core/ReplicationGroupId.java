package dev.baton.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * AWS's ReplicationGroupId: unique within an account and Region. AWS keeps it in lower case,
 * however it is asked for.
 */
public record ReplicationGroupId(@JsonValue String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,254}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReplicationGroupId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be the id of a replication group, such as sessions-usw2, but is '%s'"
              .formatted(Shown.shortened(value)));
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
