package dev.baton.deterministic;

/** The host that this ran on has died: nothing of it runs any further, handlers included. */
public final class HostDied extends Error {
  private static final long serialVersionUID = 1;

  HostDied(String host) {
    super(host, null, false, false);
  }
}
