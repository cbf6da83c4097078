package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.Reading;

/** What the result of a call teaches about the health of a Region. */
enum Lesson {
  /** The Region answered; that it refused is no failure. */
  ANSWERED,
  /** It asked to slow down, which is no failure either. */
  THROTTLED,
  FAILED,
  /** It failed before anything reached the Region. */
  UNREACHED,
  /** The call never got as far as the Region. */
  NONE;

  boolean isFailure() {
    return this == FAILED || this == UNREACHED;
  }

  static Lesson of(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Accepted _, CallOutcome.Refused _ -> ANSWERED;
      case CallOutcome.Unknown _ -> FAILED;
      case CallOutcome.NotExecuted notExecuted ->
          switch (notExecuted.reason()) {
            case THROTTLED -> THROTTLED;
            case UNREACHABLE -> UNREACHED;
            case HELD_BACK, TOO_LATE, NO_CREDENTIALS, WITHHELD -> NONE;
          };
    };
  }

  static Lesson of(Reading<?> reading) {
    return switch (reading) {
      case Reading.Seen<?> _, Reading.NotFound<?> _ -> ANSWERED;
      case Reading.NotRead<?> notRead ->
          switch (notRead.reason()) {
            case DARK -> FAILED;
            case UNREACHABLE -> UNREACHED;
            case THROTTLED -> THROTTLED;
            case DENIED, UNREADABLE -> ANSWERED;
            case NO_CREDENTIALS, HELD_BACK -> NONE;
          };
    };
  }
}
