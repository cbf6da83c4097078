package dev.baton.simulator;

import java.time.Duration;

/**
 * How a promotion goes, seen from the call that starts it.
 *
 * @param statusDelay how long the status still reads as before the call
 * @param duration when both roles and status have flipped
 * @param flipOrder which of the two is seen first
 * @param flipGap how long the first is seen without the second
 * @param ending what becomes of the promotion
 */
public record PromotionPlan(
    Duration statusDelay, Duration duration, FlipOrder flipOrder, Duration flipGap, Ending ending) {

  /** What becomes of a promotion. */
  public enum Ending {
    /** The target becomes primary. */
    PROMOTED,
    /** The status becomes {@code available} again, the roles never change. */
    ROLLED_BACK,
    /** The status stays {@code modifying} for ever, the roles never change. */
    STUCK
  }

  public PromotionPlan {
    Limits.refuseImpossible("statusDelay", statusDelay);
    Limits.refuseImpossible("duration", duration);
    Limits.refuseImpossible("flipGap", flipGap);
  }

  /** Four seconds, roles half a second before the status. */
  public static PromotionPlan local() {
    return new PromotionPlan(
        Duration.ofMillis(100),
        Duration.ofSeconds(4),
        FlipOrder.ROLES_FIRST,
        Duration.ofMillis(500),
        Ending.PROMOTED);
  }

  /** This plan with another delay before the status changes. */
  public PromotionPlan withStatusDelay(Duration changed) {
    return new PromotionPlan(changed, duration, flipOrder, flipGap, ending);
  }

  /** This plan with another duration. */
  public PromotionPlan withDuration(Duration changed) {
    return new PromotionPlan(statusDelay, changed, flipOrder, flipGap, ending);
  }

  /** This plan with roles and status flipping in another order. */
  public PromotionPlan withFlips(FlipOrder order, Duration gap) {
    return new PromotionPlan(statusDelay, duration, order, gap, ending);
  }

  /** This plan with another ending. */
  public PromotionPlan withEnding(Ending changed) {
    return new PromotionPlan(statusDelay, duration, flipOrder, flipGap, changed);
  }

  boolean rolesFlippedAfter(Duration elapsed) {
    Duration flip = flipOrder == FlipOrder.ROLES_FIRST ? firstFlip() : duration;
    return ending == Ending.PROMOTED && elapsed.compareTo(flip) >= 0;
  }

  boolean modifyingAfter(Duration elapsed) {
    Duration flip = flipOrder == FlipOrder.STATUS_FIRST ? firstFlip() : duration;
    return elapsed.compareTo(statusDelay) >= 0
        && (ending == Ending.STUCK || elapsed.compareTo(flip) < 0);
  }

  private Duration firstFlip() {
    Duration first = duration.minus(flipGap);
    return first.isNegative() ? Duration.ZERO : first;
  }
}
