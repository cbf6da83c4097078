package dev.baton.failover.process;

import dev.baton.globaldatastore.Observation;
import java.time.Instant;

/** What is known of the Global datastore, seen from the target Region: its view wins. */
public sealed interface Facts {

  /** AWS showed it like this. */
  record Shown(Observation observation) implements Facts {}

  /**
   * The target Region's endpoint can't be reached, and another one shows this. It may lag behind
   * what the target would show: good enough to try a rescue on, never a reason to end anything.
   */
  record ShownElsewhere(Observation observation) implements Facts {}

  /** AWS answered that the target Region has no such Global datastore. */
  record Gone(Instant beganAt) implements Facts {}

  /** Nothing is known. */
  record Unseen() implements Facts {}
}
