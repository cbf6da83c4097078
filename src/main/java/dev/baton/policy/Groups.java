package dev.baton.policy;

import java.util.Set;

/** The groups that a requester is in, as far as anybody knows. */
public sealed interface Groups {

  /** These, and no others. */
  record Known(Set<String> names) implements Groups {
    public Known {
      names = Set.copyOf(names);
    }
  }

  /**
   * Nobody knows, so a rule for some groups may be for this requester too.
   *
   * @param reason why not, in words and without a full stop
   */
  record Unknown(String reason) implements Groups {}
}
