package dev.baton.failover;

import dev.baton.globaldatastore.Observation;
import java.time.Instant;

/** What is known of the Global datastore, seen from the target Region: its view wins. */
sealed interface Facts {

  /** AWS showed it like this. */
  record Shown(Observation observation) implements Facts {}

  /** AWS answered that the target Region has no such Global datastore. */
  record Gone(Instant beganAt) implements Facts {}

  /** Nothing is known. */
  record Unseen() implements Facts {}
}
