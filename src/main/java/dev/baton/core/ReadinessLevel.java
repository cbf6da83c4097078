package dev.baton.core;

import java.util.Collection;
import java.util.Comparator;

/** How fit a member of a Global datastore is to become primary: from the best to the worst. */
public enum ReadinessLevel {
  /** Nothing is known to stand against it. */
  READY,
  /** It can be done, but somebody should look first. */
  ATTENTION,
  /** It would fail, or nobody can tell what it would come to. */
  BLOCKED;

  /** The worst of these, or READY where there is none. */
  public static ReadinessLevel worst(Collection<ReadinessLevel> levels) {
    return levels.stream().max(Comparator.naturalOrder()).orElse(READY);
  }
}
