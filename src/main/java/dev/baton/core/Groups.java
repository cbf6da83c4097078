package dev.baton.core;

import java.util.Set;

/** The groups that somebody is in, as far as anybody knows. */
public sealed interface Groups {

  /** These, and no others. */
  record Known(Set<String> names) implements Groups {
    public Known {
      names = Set.copyOf(names);
    }
  }

  /**
   * Nobody knows, so a rule for some groups may be for them too.
   *
   * @param reason why not, in words and without a full stop
   */
  record Unknown(String reason) implements Groups {}
}
