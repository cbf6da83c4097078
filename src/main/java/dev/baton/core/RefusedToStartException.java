package dev.baton.core;

/** Baton would not be safe to run like this, so it doesn't start. */
public final class RefusedToStartException extends RuntimeException {
  private final String action;

  /**
   * Says why, and what to do.
   *
   * @param description what was found, and what it would mean
   * @param action the ways out
   */
  public RefusedToStartException(String description, String action) {
    super(description);
    this.action = action;
  }

  public String action() {
    return action;
  }
}
