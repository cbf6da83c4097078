package dev.baton.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * AWS's GlobalReplicationGroupId, such as {@code ldgnf-sessions}: unique within an account. AWS
 * keeps it in lower case, however it is asked for.
 */
public record GlobalDatastoreId(@JsonValue String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,254}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GlobalDatastoreId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be the id of a Global datastore, such as ldgnf-sessions, but is '%s'"
              .formatted(Shown.shortened(value)));
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
