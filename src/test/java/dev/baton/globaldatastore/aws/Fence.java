package dev.baton.globaldatastore.aws;

import dev.baton.deterministic.Host;
import java.time.Instant;

/** The fence before the socket, for calls that don't go through the AWS SDK. */
public final class Fence {
  private final Transmission transmission;

  public Fence(Instant sendBefore, Host host) {
    this.transmission = new Transmission(sendBefore, new SendClock(host, host::nanos));
  }

  /** Whether the call may leave now. */
  public boolean opens() {
    try {
      transmission.begin();
      return true;
    } catch (SendRefusedException tooLate) {
      return false;
    }
  }
}
