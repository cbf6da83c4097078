package dev.baton.process;

import java.time.Duration;
import java.util.Optional;

/** Keeps whichever instance comes to a {@link Window} there, until it is closed. */
interface Hold extends AutoCloseable {

  /** The instance that stands there; empty if none came in time. */
  Optional<BatonProcess> awaitCaught(Duration patience) throws Exception;

  /** Lets go. */
  @Override
  void close();
}
