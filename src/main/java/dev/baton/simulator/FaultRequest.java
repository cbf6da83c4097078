package dev.baton.simulator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A fault and the calls it strikes; what is left out is not restricted. */
record FaultRequest(
    @Nullable FaultKind kind,
    @Nullable String action,
    @Nullable String region,
    @Nullable String globalReplicationGroupId,
    @Nullable Integer times,
    @Nullable Boolean always,
    @Nullable Integer status,
    @Nullable String code,
    @Nullable String message,
    @Nullable Duration delay,
    @Nullable Integer bytes)
    implements ControlRequest {

  private static final Set<FaultKind> ERRORS = EnumSet.of(FaultKind.ERROR, FaultKind.ERROR_AFTER);
  private static final Set<FaultKind> CODED =
      EnumSet.of(FaultKind.ERROR, FaultKind.ERROR_AFTER, FaultKind.THROTTLE);
  private static final Set<FaultKind> DELAYS = EnumSet.of(FaultKind.DELAY, FaultKind.DELAY_AFTER);
  private static final Set<String> ACTIONS =
      new TreeSet<>(
          Set.of(
              "FailoverGlobalReplicationGroup",
              "DisassociateGlobalReplicationGroup",
              "DescribeGlobalReplicationGroups",
              "DescribeReplicationGroups",
              MetricEndpoint.ACTION));

  Injection toInjection() {
    if (action != null && !ACTIONS.contains(action)) {
      throw new IllegalArgumentException(
          "'action' is '%s'; it must be one of %s.".formatted(action, ACTIONS));
    }
    boolean forEver = ControlRequest.otherwise(always, false);
    if (forEver && times != null) {
      throw new IllegalArgumentException("Give 'times' or 'always', not both.");
    }
    return new Injection(
        toFault(),
        Optional.ofNullable(action),
        Optional.ofNullable(region).map(name -> Limits.region("region", name)),
        Optional.ofNullable(globalReplicationGroupId),
        forEver ? Integer.MAX_VALUE : ControlRequest.otherwise(times, 1));
  }

  private Fault toFault() {
    FaultKind wanted = ControlRequest.required("kind", kind);
    refuseElsewhere("status", status, wanted, ERRORS);
    refuseElsewhere("code", code, wanted, CODED);
    refuseElsewhere("message", message, wanted, ERRORS);
    refuseElsewhere("delay", delay, wanted, DELAYS);
    refuseElsewhere("bytes", bytes, wanted, EnumSet.of(FaultKind.HUGE));
    return switch (wanted) {
      case HOLD -> Fault.hold();
      case HOLD_AFTER -> Fault.holdAfter();
      case CUT_BEFORE -> Fault.cutBefore();
      case CUT_AFTER -> Fault.cutAfter();
      case ERROR -> error(Fault.When.BEFORE);
      case ERROR_AFTER -> error(Fault.When.AFTER);
      case THROTTLE -> throttle();
      case DELAY -> Fault.delay(ControlRequest.required("delay", delay));
      case DELAY_AFTER -> Fault.delayAfter(ControlRequest.required("delay", delay));
      case SILENCE -> Fault.silence();
      case SILENCE_AFTER -> Fault.silenceAfter();
      case GARBAGE -> Fault.distort(Fault.Shape.GARBAGE);
      case HALF -> Fault.distort(Fault.Shape.HALF);
      case BROKEN_OFF -> Fault.distort(Fault.Shape.BROKEN_OFF);
      case EMPTY -> Fault.distort(Fault.Shape.EMPTY);
      case HUGE -> bytes == null ? Fault.distort(Fault.Shape.HUGE) : Fault.huge(bytes.longValue());
      case ENDLESS_MARKER -> Fault.distort(Fault.Shape.ENDLESS_MARKER);
    };
  }

  private Fault throttle() {
    return switch (ControlRequest.otherwise(code, RateLimit.THROTTLING)) {
      case RateLimit.THROTTLING -> Fault.throttle();
      case RateLimit.CALL_RATE_EXCEEDED -> Fault.callRateExceeded();
      default ->
          throw new IllegalArgumentException(
              "'code' is '%s'; of THROTTLE it must be one of %s.".formatted(code, RateLimit.CODES));
    };
  }

  private static void refuseElsewhere(
      String name, @Nullable Object value, FaultKind kind, Set<FaultKind> kinds) {
    if (value != null && !kinds.contains(kind)) {
      throw new IllegalArgumentException(
          "%s takes no '%s'; that belongs to %s.".formatted(kind, name, kinds));
    }
  }

  private Fault error(Fault.When when) {
    return new Fault.Failure(
        when,
        ControlRequest.otherwise(status, 500),
        ControlRequest.otherwise(code, "InternalFailure"),
        ControlRequest.otherwise(message, "Injected."));
  }
}
