package dev.baton.simulator;

import java.time.Duration;

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

  /** The call goes on after so much real time, whatever the simulator's clock says. */
  record Delay(When when, Duration time) implements Fault {

    public Delay {
      Limits.refuseImpossible("delay", time);
    }
  }

  /**
   * The call is never answered: it stays open until the faults are cleared, and then is cut. Unlike
   * one that is held it can't be released.
   */
  record Silence(When when) implements Fault {}

  /**
   * The call has its effect and is answered 200, but not with what it should be.
   *
   * @param letters how many are added to an answer that is {@code HUGE}
   */
  record Distortion(Shape shape, long letters) implements Fault {

    public Distortion {
      if (letters < 1 || letters > MOST_LETTERS) {
        throw new IllegalArgumentException(
            "A huge answer's 'bytes' are %d; there must be 1 to %d."
                .formatted(letters, MOST_LETTERS));
      }
    }

    @Override
    public When when() {
      return When.AFTER;
    }
  }

  /** What a distorted answer is like. */
  enum Shape {
    /** A page of HTML, as from a proxy. */
    GARBAGE,
    /** The first half of the answer, as if it were all. */
    HALF,
    /** Announces the whole answer and closes the connection after half of it. */
    BROKEN_OFF,
    /** No body. */
    EMPTY,
    /** The answer with very many letters in an element nobody knows. */
    HUGE,
    /** A list with a marker of a next page, which is the first again, each time with a new one. */
    ENDLESS_MARKER
  }

  /** A hundred megabytes. */
  long HUNDRED_MEGABYTES = 100_000_000;

  /** A gigabyte. */
  long MOST_LETTERS = 1_000_000_000;

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
    return new Failure(When.BEFORE, 400, RateLimit.THROTTLING, "Rate exceeded");
  }

  /** Refused as one call too many, in the words that the SDK does not take for throttling. */
  static Fault callRateExceeded() {
    return new Failure(
        When.BEFORE, 400, RateLimit.CALL_RATE_EXCEEDED, "The API call rate has been exceeded.");
  }

  /** Acts after so much time. */
  static Fault delay(Duration time) {
    return new Delay(When.BEFORE, time);
  }

  /** Acts, then answers after so much time. */
  static Fault delayAfter(Duration time) {
    return new Delay(When.AFTER, time);
  }

  /** Never acts and never answers. */
  static Fault silence() {
    return new Silence(When.BEFORE);
  }

  /** Acts, then never answers. */
  static Fault silenceAfter() {
    return new Silence(When.AFTER);
  }

  /** Acts, then answers in this shape; {@code HUGE} is a hundred megabytes. */
  static Fault distort(Shape shape) {
    return new Distortion(shape, HUNDRED_MEGABYTES);
  }

  /** Acts, then answers with so many letters too many. */
  static Fault huge(long letters) {
    return new Distortion(Shape.HUGE, letters);
  }
}
