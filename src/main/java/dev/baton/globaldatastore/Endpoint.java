package dev.baton.globaldatastore;

/**
 * Where applications connect to.
 *
 * @param address a host name, as AWS gives it
 */
public record Endpoint(String address, int port) {
  private static final int HIGHEST_PORT = 65_535;

  public Endpoint {
    if (address.isBlank()) {
      throw new IllegalArgumentException("has no address");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("has the port " + port);
    }
  }

  /** As it stands in a command line or a setting. */
  public String hostAndPort() {
    return address + ":" + port;
  }
}
