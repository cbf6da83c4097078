package dev.baton.simulator;

/** What may go wrong with a call. Where it strikes is said by an {@link Injection}. */
public sealed interface Fault {

  /** Whether a fault strikes before or after the call has had its effect. */
  enum When {
    BEFORE,
    AFTER
  }

  When when();

  /** The call waits until it is released. */
  record Hold(When when) implements Fault {}

  /** The connection is cut without an answer. */
  record Cut(When when) implements Fault {}

  /**
   * The call is answered with an error; struck {@code AFTER}, it has had its effect all the same.
   */
  record Failure(When when, int status, String code, String message) implements Fault {

    public Failure {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException(
            "A failure's HTTP status is %d; it must be between 400 and 599.".formatted(status));
      }
    }
  }

  /** Held before it acts. */
  static Fault hold() {
    return new Hold(When.BEFORE);
  }

  /** Acts, then is held before it answers. */
  static Fault holdAfter() {
    return new Hold(When.AFTER);
  }

  /** Cut before it acts. */
  static Fault cutBefore() {
    return new Cut(When.BEFORE);
  }

  /** Acts, then is cut. */
  static Fault cutAfter() {
    return new Cut(When.AFTER);
  }

  /** Refused with this error, without acting. */
  static Fault error(int status, String code) {
    return new Failure(When.BEFORE, status, code, "Injected: " + code + ".");
  }

  /** Acts, then answers 500. */
  static Fault errorAfter() {
    return new Failure(When.AFTER, 500, "InternalFailure", "Injected: the call had its effect.");
  }

  /** Refused as one call too many. */
  static Fault throttle() {
    return new Failure(When.BEFORE, 400, "Throttling", "Rate exceeded");
  }
}
