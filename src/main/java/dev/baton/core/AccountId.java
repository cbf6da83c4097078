package dev.baton.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The twelve digits that name an AWS account. */
public record AccountId(@JsonValue String value) {
  private static final Pattern SHAPE = Pattern.compile("\\d{12}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AccountId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be the twelve digits of an AWS account, but is '%s'"
              .formatted(Shown.shortened(value)));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
