package dev.baton.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of an AWS Region, such as {@code eu-west-1}. Whether AWS has it is not known here. */
public record Region(@JsonValue String name) implements Comparable<Region> {
  private static final Pattern SHAPE = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");
  private static final int LONGEST = 25;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Region {
    if (name.length() > LONGEST || !SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be the name of an AWS Region, such as eu-west-1, but is '%s'"
              .formatted(Shown.shortened(name)));
    }
  }

  @Override
  public int compareTo(Region other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
