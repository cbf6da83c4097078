package dev.baton.globaldatastore;

import java.time.Instant;

/**
 * What came of asking AWS something that changes nothing.
 *
 * @param <T> what was asked for
 */
public sealed interface Reading<T> {

  /**
   * AWS answered.
   *
   * @param beganAt when the question was sent: what is shown was true at that time or later
   */
  record Seen<T>(T value, Instant beganAt) implements Reading<T> {}

  /** AWS answered that there is no such thing in that Region. */
  record NotFound<T>(Instant beganAt) implements Reading<T> {}

  /**
   * There is no answer, so nothing is known.
   *
   * @param code AWS's error code, or the name of what went wrong on the way
   * @param message in words, without secrets
   */
  record NotRead<T>(Reason reason, String code, String message) implements Reading<T> {}

  /** Why there is no answer. */
  enum Reason {
    /** The Region answered too late, with a server error, or not to the end. */
    DARK,
    /** The question never reached AWS: connection refused or not opened, no route, no such name. */
    UNREACHABLE,
    /** AWS asked to slow down. */
    THROTTLED,
    /** There were no credentials to ask with, or they didn't come in time. */
    NO_CREDENTIALS,
    /** AWS refused (credentials, permissions, the question itself), or it isn't served here. */
    DENIED,
    /** The answer could not be understood. */
    UNREADABLE,
    /** Not asked: the Region failed too often just now, or has too many questions open. */
    HELD_BACK
  }
}
