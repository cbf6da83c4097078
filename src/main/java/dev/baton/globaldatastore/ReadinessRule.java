package dev.baton.globaldatastore;

import java.util.stream.Stream;

/** Asks the facts about one kind of thing. A pure function. */
interface ReadinessRule {

  /** What stands against the target. */
  Stream<ReadinessReason> reasons(ReadinessFacts facts);
}
