package dev.baton.simulator;

import dev.baton.simulator.Fault.When;

/** The faults by name, as the control API takes them and the log of calls shows them. */
enum FaultKind {
  HOLD,
  HOLD_AFTER,
  CUT_BEFORE,
  CUT_AFTER,
  ERROR,
  ERROR_AFTER,
  THROTTLE,
  DELAY,
  DELAY_AFTER,
  SILENCE,
  SILENCE_AFTER,
  GARBAGE,
  HALF,
  BROKEN_OFF,
  EMPTY,
  HUGE,
  ENDLESS_MARKER;

  static FaultKind of(Fault fault) {
    boolean before = fault.when() == When.BEFORE;
    return switch (fault) {
      case Fault.Hold hold -> before ? HOLD : HOLD_AFTER;
      case Fault.Cut cut -> before ? CUT_BEFORE : CUT_AFTER;
      case Fault.Failure failure when before && RateLimit.CODES.contains(failure.code()) ->
          THROTTLE;
      case Fault.Failure failure -> before ? ERROR : ERROR_AFTER;
      case Fault.Delay delay -> before ? DELAY : DELAY_AFTER;
      case Fault.Silence silence -> before ? SILENCE : SILENCE_AFTER;
      case Fault.Distortion distortion ->
          switch (distortion.shape()) {
            case GARBAGE -> GARBAGE;
            case HALF -> HALF;
            case BROKEN_OFF -> BROKEN_OFF;
            case EMPTY -> EMPTY;
            case HUGE -> HUGE;
            case ENDLESS_MARKER -> ENDLESS_MARKER;
          };
    };
  }
}
