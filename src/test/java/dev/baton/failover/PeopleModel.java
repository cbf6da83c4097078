package dev.baton.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must come of what people do about one Global datastore, told as simply as it can be: by
 * names, numbers and times, and with none of Baton's own code. Nothing is in between: a failover
 * that may go ahead has succeeded.
 */
final class PeopleModel {
  static final Duration APPROVAL_EXPIRES = Duration.ofMinutes(10);
  static final Set<String> LEADS = Set.of("bob", "erin", "carol");

  /** So close to an event nobody can tell whether it has happened yet. */
  private static final Duration BLURRED = Duration.ofSeconds(30);

  private final Duration startWithin;

  /** How many leads have to approve. */
  int demanded;

  boolean frozen;
  final Set<String> holds = new TreeSet<>();
  int calls;
  private One one = One.none();
  private Instant happened = Instant.EPOCH;

  PeopleModel(Duration startWithin) {
    this.startWithin = startWithin;
  }

  /** Where a failover stands. */
  enum Stage {
    AWAITING_APPROVAL,
    SCHEDULED,
    HELD,
    OVER
  }

  /** The failover that was accepted last. */
  private static final class One {
    private Stage stage = Stage.OVER;
    private String end = "NONE";
    private String requester = "";
    private boolean isRescue;
    private Set<String> setAside = Set.of();
    private int asked;
    private Set<String> approvers = new TreeSet<>();
    private Instant approveBefore = Instant.MAX;
    private Optional<Instant> scheduledFor = Optional.empty();
    private Instant startBefore = Instant.MAX;

    private static One none() {
      return new One();
    }

    private boolean isOver() {
      return stage == Stage.OVER;
    }

    private void ends(String how) {
      stage = Stage.OVER;
      end = how;
    }
  }

  String status() {
    return switch (one.stage) {
      case OVER -> one.end;
      case HELD -> "PENDING";
      case AWAITING_APPROVAL, SCHEDULED -> one.stage.name();
    };
  }

  int approvals() {
    return one.approvers.size();
  }

  /** Whether something is about to happen, or has just happened, of itself. */
  boolean isBlurredAt(Instant now) {
    return now.isBefore(happened.plus(BLURRED)) || isAnythingNear(now);
  }

  private boolean isAnythingNear(Instant now) {
    return switch (one.stage) {
      case OVER -> false;
      case AWAITING_APPROVAL -> isNear(one.approveBefore, now);
      case SCHEDULED -> isNear(one.scheduledFor.orElseThrow(), now);
      case HELD -> isNear(one.startBefore, now);
    };
  }

  private static boolean isNear(Instant event, Instant now) {
    return event.isAfter(now.minus(BLURRED)) && event.isBefore(now.plus(BLURRED));
  }

  /** Time has passed. */
  void advance(Instant now) {
    switch (one.stage) {
      case OVER -> {}
      case AWAITING_APPROVAL -> {
        if (!now.isBefore(one.approveBefore)) {
          happened = one.approveBefore;
          one.ends("EXPIRED");
        } else if (one.approvers.size() >= demanded && demanded <= one.asked) {
          happened = now;
          goesAhead(now);
        }
      }
      case SCHEDULED -> {
        var start = one.scheduledFor.orElseThrow();
        if (!now.isBefore(start)) {
          happened = start;
          pass(start);
          advance(now);
        }
      }
      case HELD -> {
        if (!now.isBefore(one.startBefore)) {
          happened = one.startBefore;
          one.ends("EXPIRED");
        } else if (!isHeld() || frozen) {
          happened = now;
          pass(now);
        }
      }
    }
  }

  private boolean isHeld() {
    return !one.setAside.containsAll(holds);
  }

  /** It is at the gate. */
  private void pass(Instant now) {
    if (frozen) {
      one.ends("DENIED");
    } else if (isHeld()) {
      one.stage = Stage.HELD;
    } else if (one.approvers.size() < demanded) {
      one.approvers.clear();
      await(now);
    } else {
      calls++;
      one.ends("SUCCEEDED");
    }
  }

  private void await(Instant now) {
    one.stage = Stage.AWAITING_APPROVAL;
    one.asked = demanded;
    one.approveBefore = now.plus(APPROVAL_EXPIRES);
    if (one.scheduledFor.isPresent() && one.startBefore.isBefore(one.approveBefore)) {
      one.approveBefore = one.startBefore;
    }
  }

  /** As many as have to have approved. */
  private void goesAhead(Instant now) {
    if (one.scheduledFor.filter(now::isBefore).isPresent()) {
      one.stage = Stage.SCHEDULED;
      return;
    }
    if (one.scheduledFor.isEmpty()) {
      one.startBefore = now.plus(startWithin);
    }
    pass(now);
  }

  /** What somebody asks for. */
  record Wish(
      String requester, boolean isRescue, Optional<Instant> scheduledFor, boolean setsHoldsAside) {}

  String request(Wish wish, Instant now) {
    var isPending = one.stage == Stage.HELD;
    if (!one.isOver() && (!wish.isRescue() || (isPending && one.isRescue))) {
      return "failover-in-progress";
    }
    if (frozen || (!holds.isEmpty() && !wish.setsHoldsAside())) {
      return "refused-by-policy";
    }
    var isAtOnce = demanded == 0 && wish.scheduledFor().isEmpty();
    var isScheduled = demanded == 0 && wish.scheduledFor().isPresent();
    if (!one.isOver() && !(isAtOnce && !isPending) && (one.isRescue || isScheduled)) {
      return "failover-in-progress";
    }
    one = new One();
    one.requester = wish.requester();
    one.isRescue = wish.isRescue();
    one.setAside = wish.setsHoldsAside() ? Set.copyOf(holds) : Set.of();
    one.scheduledFor = wish.scheduledFor();
    one.startBefore = wish.scheduledFor().orElse(now).plus(startWithin);
    if (demanded > 0) {
      await(now);
    } else {
      goesAhead(now);
    }
    return "";
  }

  String approve(String who, Instant now) {
    if (one.stage != Stage.AWAITING_APPROVAL) {
      return "not-awaiting-approval";
    }
    var lapse = demanded > one.asked;
    var standing = lapse ? Set.<String>of() : one.approvers;
    if (standing.size() < demanded) {
      var refusal = refusal(who, standing);
      if (!refusal.isEmpty()) {
        return refusal;
      }
      if (lapse) {
        one.approvers.clear();
      }
      one.approvers.add(who);
    }
    one.asked = demanded;
    if (one.approvers.size() >= demanded) {
      goesAhead(now);
    }
    return "";
  }

  String reject(String who) {
    if (one.stage != Stage.AWAITING_APPROVAL) {
      return "not-awaiting-approval";
    }
    var refusal = refusal(who, one.approvers);
    if (refusal.isEmpty()) {
      one.ends("DENIED");
    }
    return refusal;
  }

  private String refusal(String who, Set<String> standing) {
    if (who.equals(one.requester)) {
      return "own-request";
    }
    if (standing.contains(who)) {
      return "already-approved";
    }
    return LEADS.contains(who) ? "" : "not-an-approver";
  }

  String cancel() {
    if (one.isOver()) {
      return "not-cancellable";
    }
    one.ends("CANCELLED");
    return "";
  }

  String reschedule(String who, Instant at, Instant now) {
    if (one.stage != Stage.AWAITING_APPROVAL && one.stage != Stage.SCHEDULED) {
      return "not-reschedulable";
    }
    if (!who.equals(one.requester)) {
      return "forbidden";
    }
    if (frozen || isHeld()) {
      return "refused-by-policy";
    }
    one.scheduledFor = Optional.of(at);
    one.startBefore = at.plus(startWithin);
    if (demanded > 0) {
      one.approvers.clear();
      await(now);
    } else {
      one.stage = Stage.SCHEDULED;
    }
    return "";
  }

  boolean isAnyOpen() {
    return !one.isOver();
  }
}
