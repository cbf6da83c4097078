package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Timeline;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.problem.EntityTags;
import dev.baton.problem.ProblemException;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Who asks Baton for failovers in a schedule, and who moves primaries without it. */
final class SimulatedPeople {
  static final AccountId ACCOUNT = new AccountId("111122223333");
  static final List<Region> REGIONS =
      List.of(new Region("us-east-1"), new Region("us-west-2"), new Region("eu-west-1"));
  private static final Actor ALICE = new Actor("alice", Actor.Kind.PERSON);
  private static final Caller BOB = caller(new Actor("bob", Actor.Kind.PERSON), "leads");

  private final Timeline timeline;
  private final Chance chance;
  private final SimulatedInstances instances;
  private final SimulatedAws.Cloud cloud;
  private final SimulatedFailovers.Rows failovers;
  private final ChangingPolicies policies;
  private final ScheduleRules rules;
  private final List<String> datastores = new ArrayList<>();
  private final Set<UUID> accepted = new HashSet<>();
  private int unfinishedErrands;

  SimulatedPeople(
      Timeline timeline,
      Chance chance,
      SimulatedInstances instances,
      SimulatedAws.Cloud cloud,
      SimulatedFailovers.Rows failovers,
      ChangingPolicies policies,
      ScheduleRules rules) {
    this.timeline = timeline;
    this.chance = chance;
    this.instances = instances;
    this.cloud = cloud;
    this.failovers = failovers;
    this.policies = policies;
    this.rules = rules;
    failovers.table.whenChanged((_, after) -> after.ifPresent(this::askAgain));
    failovers.table.whenChanged((_, after) -> after.ifPresent(this::sayYesOrNo));
  }

  boolean areDone() {
    return unfinishedErrands == 0;
  }

  /** A failover that was promised and isn't kept. */
  Optional<UUID> anyLost() {
    return accepted.stream().filter(id -> failovers.table.committed(id).isEmpty()).findFirst();
  }

  void addDatastore(String id) {
    var name = id.substring(id.indexOf('-') + 1);
    var members = new ArrayList<Member>();
    members.add(Member.primary(name + "-a", REGIONS.get(0).name()));
    members.add(Member.secondary(name + "-b", REGIONS.get(1).name()));
    if (chance.of(0.5)) {
      members.add(Member.secondary(name + "-c", REGIONS.get(2).name()));
    }
    cloud.world.add(SimulatedDatastore.of(id, members.toArray(Member[]::new)));
    datastores.add(id);
  }

  /** Draws what they are going to do. */
  void plan() {
    for (int request = 1 + chance.below(4); request > 0; request--) {
      errandAt(chance.seconds(0, 40), this::requestSomething);
    }
    if (chance.of(0.15)) {
      errandAt(chance.seconds(30, 120), this::detachWhatIsOpen);
    }
    if (chance.of(0.1)) {
      errandAt(chance.seconds(20, 120), this::resolveWhatIsOpen);
    }
    if (chance.of(0.15)) {
      timeline.after(chance.seconds(1, 40), this::moveByOthers);
    }
    if (chance.of(0.3)) {
      var from = timeline.instant().plus(chance.seconds(0, 30));
      policies.demandApproval(from, from.plus(chance.seconds(5, 60)));
    }
    for (int change = chance.below(3); change > 0; change--) {
      errandAt(chance.seconds(0, 60), this::changeTheirMind);
    }
    if (chance.of(0.2)) {
      var from = timeline.instant().plus(chance.seconds(0, 30));
      policies.refuse(from, from.plus(chance.seconds(5, 60)));
    }
  }

  private void errandAt(Duration time, Consumer<SimulatedInstance> errand) {
    unfinishedErrands++;
    timeline.after(time, () -> begin(errand));
  }

  private void begin(Consumer<SimulatedInstance> errand) {
    instances
        .anyRunning()
        .ifPresentOrElse(
            instance ->
                instances.on(
                    instance,
                    one -> {
                      try {
                        errand.accept(one);
                      } finally {
                        unfinishedErrands--;
                      }
                    }),
            () -> timeline.after(chance.seconds(1, 2), () -> begin(errand)));
  }

  private void requestSomething(SimulatedInstance instance) {
    var datastore = chance.oneOf(datastores);
    var truth = cloud.world.at(datastore, timeline.instant());
    var others = secondaries(truth);
    if (others.isEmpty()) {
      return;
    }
    var target = new Region(chance.oneOf(others).region());
    var mode =
        chance.of(0.55)
            ? FailoverMode.FAILOVER
            : chance.of(0.8) ? FailoverMode.SWITCHOVER : FailoverMode.DETACH;
    request(instance, datastore, target, mode, Optional.empty());
  }

  private void request(
      SimulatedInstance instance,
      String datastore,
      Region target,
      FailoverMode mode,
      Optional<UUID> supersedes) {
    var startBefore =
        chance.of(0.2)
            ? Optional.of(instance.host().instant().plus(chance.seconds(3, 30)))
            : Optional.<Instant>empty();
    var wanted =
        new FailoverRequest(
            ACCOUNT,
            new GlobalDatastoreId(datastore),
            target,
            Optional.empty(),
            mode,
            "reason",
            Optional.empty(),
            chance.of(0.25) ? Optional.of(chance.oneOf(REGIONS)) : Optional.empty(),
            mode.isRescue(),
            startBefore,
            supersedes,
            Set.of(),
            startBefore.isEmpty() && chance.of(0.15)
                ? Optional.of(instance.host().instant().plus(chance.seconds(1, 30)))
                : Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try {
      accepted.add(instance.take(wanted, ALICE).getId());
    } catch (ProblemException turnedAway) {
      if (turnedAway.problem().type().status() == 409 && chance.of(0.7)) {
        errandAt(
            chance.seconds(1, 20),
            other -> request(other, datastore, target, mode, Optional.empty()));
      }
    }
  }

  /** Somebody who has not yet heard of a success asks for the same once more. */
  private void askAgain(Failover failover) {
    if (failover.status() == FailoverStatus.SUCCEEDED && chance.of(0.4)) {
      errandAt(
          chance.millis(0, 3_000),
          instance ->
              request(
                  instance,
                  failover.globalReplicationGroupId().value(),
                  failover.targetRegion(),
                  FailoverMode.FAILOVER,
                  Optional.empty()));
    }
  }

  /** Whoever is asked answers after a while, or never. */
  private void sayYesOrNo(Failover failover) {
    if (failover.status() != FailoverStatus.AWAITING_APPROVAL || chance.of(0.2)) {
      return;
    }
    var isYes = chance.of(0.9);
    errandAt(
        chance.millis(0, 15_000),
        instance ->
            unlessTurnedAway(() -> {
              var people = instance.interventions();
              if (isYes) {
                people.approve(failover.id(), BOB, "fine");
              } else {
                people.reject(failover.id(), BOB, "not now");
              }
            }));
  }

  /** Somebody cancels what has not begun, or gives it another time. */
  private void changeTheirMind(SimulatedInstance instance) {
    failovers.table.committed().stream()
        .filter(failover -> failover.status().isUnsent())
        .findFirst()
        .ifPresent(failover ->
            unlessTurnedAway(() -> {
              var people = instance.interventions();
              if (chance.of(0.5)) {
                people.cancel(failover.id(), ALICE, "no longer");
              } else {
                var later = instance.host().instant().plus(chance.seconds(1, 30));
                people.reschedule(
                    failover.id(),
                    caller(ALICE, "developers"),
                    new FailoverInterventions.Rescheduling(later, Optional.empty()),
                    new EntityTags(List.of("*")));
              }
            }));
  }

  private static void unlessTurnedAway(Runnable errand) {
    try {
      errand.run();
    } catch (ProblemException turnedAway) {
      // It is over, or has gone on, or is another version.
    }
  }

  private static Caller caller(Actor actor, String group) {
    return new Caller(actor, Set.of(), new Groups.Known(Set.of(group)), actor.subject());
  }

  private Optional<Failover> anyOpen() {
    return failovers.table.committed().stream().filter(Succession::isOpen).findFirst();
  }

  private void detachWhatIsOpen(SimulatedInstance instance) {
    anyOpen()
        .ifPresent(open ->
            request(
                instance,
                open.globalReplicationGroupId().value(),
                open.targetRegion(),
                FailoverMode.DETACH,
                Optional.of(open.getId())));
  }

  private void resolveWhatIsOpen(SimulatedInstance instance) {
    anyOpen()
        .ifPresent(open -> {
          rules.endsByPerson(open);
          instance.resolve(
              open.id(), new Resolution(Resolution.Outcome.UNKNOWN, "who knows"), ALICE);
        });
  }

  /** Where a call seems to have no effect, somebody loses patience now and then. */
  void losePatience(Trouble trouble) {
    if ((trouble == Trouble.CALL_LATE || trouble == Trouble.CALL_LOST) && chance.of(0.25)) {
      timeline.after(chance.millis(0, 1_000), this::moveByOthers);
    }
  }

  private void moveByOthers() {
    var datastore = chance.oneOf(datastores);
    var truth = cloud.world.at(datastore, timeline.instant());
    var others = secondaries(truth);
    if (others.isEmpty()) {
      return;
    }
    var target = chance.oneOf(others);
    var world = cloud.world;
    var now = timeline.instant();
    rules.movedByOthers(datastore);
    if (chance.of(0.4)) {
      world.disassociate(
          datastore, target.region(), target.region(), target.replicationGroupId(), now);
    } else {
      world.promote(
          datastore,
          target.region(),
          target.region(),
          target.replicationGroupId(),
          cloud.quickPlan(),
          now);
    }
  }

  private static List<Member> secondaries(SimulatedDatastore truth) {
    return truth.members().stream()
        .filter(member -> member.role() != SimulatedDatastore.Role.PRIMARY)
        .toList();
  }
}
