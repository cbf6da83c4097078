package dev.baton.failover;

import dev.baton.audit.SimulatedAuditTable;
import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Timeline;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.SimulatedObserving;
import dev.baton.policy.HoldScope;
import dev.baton.policy.Policies;
import dev.baton.policy.Policy;
import dev.baton.policy.PolicyDocument;
import dev.baton.policy.PolicySet;
import dev.baton.policy.Requester;
import dev.baton.policy.StandingHold;
import dev.baton.problem.EntityTags;
import dev.baton.problem.ProblemException;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A random sequence of what people do, at two instances of Baton as they are in production, beside
 * the model. All of it follows from one seed.
 */
final class PeopleSequence implements Policies {
  private static final String DATASTORE = "ldgnf-people";
  private static final Duration SETTLED = Duration.ofSeconds(25);
  private static final int LONGEST = 14;

  private static final Map<Integer, PolicyDocument> APPROVALS =
      Map.of(1, approvals(1), 2, approvals(2));
  private static final PolicyDocument FROZEN =
      document("frozen", "{name: frozen, require: 'false', overridable: false}");

  private final Chance chance;
  private final Timeline timeline = new Timeline();
  private final SimulatedInstances instances;
  private final SimulatedInstance.Surroundings shared;
  private final ScheduleRules rules;
  private final PeopleModel model = new PeopleModel(SimulatedInstance.LIMITS.startWithin());
  private final List<StandingHold> holds = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private Optional<UUID> last = Optional.empty();
  private final Map<String, Integer> done;

  private PeopleSequence(long seed, Map<String, Integer> done) {
    this.chance = new Chance(seed);
    this.done = done;
    var failovers = new SimulatedFailovers.Rows();
    var tasks = new SimulatedTasks.Rows();
    var audit = new SimulatedAuditTable.Rows();
    this.rules = new ScheduleRules(timeline, failovers, audit, Duration.ofSeconds(1));
    this.instances = new SimulatedInstances(timeline, chance, this::surroundings);
    var troubles = new Troubles(chance, _ -> {}, _ -> {});
    troubles.end();
    var cloud = new SimulatedAws.Cloud(timeline, chance, troubles, rules);
    cloud.promoteQuickly();
    rules.watch(cloud);
    this.shared =
        new SimulatedInstance.Surroundings(
            new Database(timeline, troubles),
            cloud,
            this,
            new AwsEnvironment(
                SimulatedPeople.ACCOUNT,
                SimulatedPeople.REGIONS,
                Optional.of(URI.create("http://127.0.0.1"))),
            troubles,
            failovers,
            new SimulatedPrimaries.Rows(),
            tasks,
            new SimulatedObserving.Rows(),
            audit);
    new SimulatedScheduler(timeline, chance, instances, tasks);
    cloud.world.add(
        SimulatedDatastore.of(
            DATASTORE,
            Member.primary("people-a", SimulatedPeople.REGIONS.get(0).name()),
            Member.secondary("people-b", SimulatedPeople.REGIONS.get(1).name())));
  }

  private SimulatedInstance.Surroundings surroundings() {
    return shared;
  }

  /**
   * Runs the sequence that follows from a seed.
   *
   * @param done counts what was done, and with which answer
   */
  static void run(long seed, Map<String, Integer> done) {
    var sequence = new PeopleSequence(seed, done);
    try {
      sequence.run();
    } catch (RuntimeException | Error broken) {
      throw new AssertionError(
          "seed %d: %s%n%s"
              .formatted(
                  seed, broken.getMessage(), String.join(System.lineSeparator(), sequence.story)),
          broken);
    } finally {
      sequence.instances.dieAll();
      sequence.timeline.drain();
    }
  }

  private void run() {
    instances.start();
    instances.start();
    changePolicy();
    pass(SETTLED);
    for (int length = 4 + chance.below(LONGEST - 4); length > 0; length--) {
      act();
      pass(SETTLED);
      while (model.isBlurredAt(timeline.instant())) {
        pass(Duration.ofSeconds(20));
      }
      compare();
    }
    rules.refuseIncompleteLog();
  }

  private void pass(Duration time) {
    var isOver = new AtomicBoolean();
    timeline.after(time, () -> isOver.set(true));
    timeline.runUntil(isOver::get, timeline.elapsed().plus(time));
    model.advance(timeline.instant());
  }

  private void compare() {
    var status = last.map(this::failover).map(it -> it.status().name()).orElse("NONE");
    var approvals = last.map(this::failover).map(it -> it.consent().approvers().size()).orElse(0);
    refuseUnless(model.status().equals(status), "is " + status + ", not " + model.status());
    if (model.isAnyOpen()) {
      refuseUnless(
          model.approvals() == approvals,
          "has %d approvals, not %d".formatted(approvals, model.approvals()));
    }
    refuseUnless(
        model.calls == rules.calls(),
        "AWS was called %d times, not %d".formatted(rules.calls(), model.calls));
  }

  private void refuseUnless(boolean holdsTrue, String message) {
    if (!holdsTrue) {
      throw new IllegalStateException(
          "at %s the failover %s".formatted(timeline.instant(), message));
    }
  }

  private Failover failover(UUID id) {
    return shared.failovers().table.committed(id).orElseThrow();
  }

  private void act() {
    var isOpen = model.isAnyOpen();
    var isAwaiting = model.status().equals("AWAITING_APPROVAL");
    switch (isAwaiting && chance.of(0.4) ? 3 : isOpen || chance.of(0.5) ? chance.below(16) : 0) {
      case 0, 1, 2 -> request(wish());
      case 3, 4 -> {
        var who = chance.oneOf(List.of("bob", "erin", "carol", "alice", "mallory"));
        expect(
            who + " approves",
            model.approve(who, timeline.instant()),
            one -> one.approve(id(), caller(who), "fine"));
      }
      case 5 -> {
        var who = chance.oneOf(List.of("bob", "carol", "alice", "mallory"));
        expect(who + " rejects", model.reject(who), one -> one.reject(id(), caller(who), "no"));
      }
      case 6 ->
          expect(
              "dave cancels",
              model.cancel(),
              one -> one.cancel(id(), caller("dave").actor(), "no"));
      case 7 -> {
        var who = chance.oneOf(List.of("alice", "carol", "dave"));
        var at = timeline.instant().plus(chance.seconds(60, 600));
        expect(
            who + " gives it the time " + at,
            model.reschedule(who, at, timeline.instant()),
            one ->
                one.reschedule(
                    id(),
                    caller(who),
                    new FailoverInterventions.Rescheduling(at, Optional.empty()),
                    new EntityTags(List.of("*"))));
      }
      case 8, 9 -> hold();
      case 10, 11 -> release();
      case 12 -> changePolicy();
      default -> {
        var time = chance.seconds(20, 700);
        tell("time passes: " + time);
        pass(time);
      }
    }
  }

  private PeopleModel.Wish wish() {
    var who = chance.oneOf(List.of("alice", "carol", "dave"));
    return new PeopleModel.Wish(
        who,
        chance.of(0.3),
        chance.of(0.3)
            ? Optional.of(timeline.instant().plus(chance.seconds(60, 600)))
            : Optional.empty(),
        !holds.isEmpty() && who.equals("dave") && chance.of(0.7));
  }

  private void request(PeopleModel.Wish wish) {
    var target =
        shared.cloud().world.at(DATASTORE, timeline.instant()).members().stream()
            .filter(member -> member.role() != SimulatedDatastore.Role.PRIMARY)
            .findFirst()
            .orElseThrow();
    var request =
        new FailoverRequest(
            SimulatedPeople.ACCOUNT,
            new GlobalDatastoreId(DATASTORE),
            new Region(target.region()),
            Optional.empty(),
            wish.isRescue() ? FailoverMode.FAILOVER : FailoverMode.SWITCHOVER,
            "reason",
            Optional.empty(),
            Optional.empty(),
            wish.isRescue(),
            Optional.empty(),
            Optional.empty(),
            wish.setsHoldsAside()
                ? holds.stream().map(hold -> "holds/" + hold.id()).collect(Collectors.toSet())
                : Set.of(),
            wish.scheduledFor(),
            Optional.empty(),
            Optional.empty());
    var expected = model.request(wish, timeline.instant());
    var answer =
        answer(one ->
            last = Optional.of(one.take(request, Requester.of(caller(wish.requester()))).getId()));
    check(wish.requester() + " requests " + wish, expected, answer);
  }

  private FailoverId id() {
    return new FailoverId(last.orElseThrow());
  }

  private void expect(String what, String expected, Consumer<FailoverInterventions> intervention) {
    if (last.isPresent()) {
      check(
          what,
          expected,
          answer(one -> {
            intervention.accept(one.interventions());
            one.wake(id());
          }));
    }
  }

  /** The type of the problem that came of it, or nothing. */
  private String answer(Consumer<SimulatedInstance> errand) {
    var answer = new AtomicReference<>("no answer");
    instances.on(
        instances.anyRunning().orElseThrow(),
        one -> {
          try {
            errand.accept(one);
            answer.set("");
          } catch (ProblemException problem) {
            answer.set(problem.problem().type().slug());
          }
        });
    timeline.runUntil(() -> !answer.get().equals("no answer"), timeline.elapsed().plusSeconds(10));
    return answer.get();
  }

  private void check(String what, String expected, String answer) {
    var shown = answer.isEmpty() ? "done" : answer;
    tell("%s: %s".formatted(what, shown));
    done.merge("%s: %s".formatted(what.split(" ")[1], shown), 1, Integer::sum);
    refuseUnless(answer.equals(expected), "answered '%s', not '%s'".formatted(answer, expected));
  }

  private void hold() {
    var hold =
        new StandingHold(
            UUID.randomUUID(),
            new HoldScope.All(),
            "wait",
            "frank",
            timeline.instant(),
            Optional.empty());
    holds.add(hold);
    model.holds.add(hold.id().toString());
    tell("frank holds everything");
  }

  private void release() {
    holds.clear();
    model.holds.clear();
    tell("frank ends all holds");
  }

  private void changePolicy() {
    model.demanded = chance.below(3);
    model.frozen = chance.of(0.15);
    tell(
        "policy demands %d leads%s"
            .formatted(model.demanded, model.frozen ? ", and is frozen" : ""));
  }

  private void tell(String what) {
    story.add("%s %s (%s)".formatted(timeline.instant(), what, model.status()));
  }

  private static Caller caller(String name) {
    return new Caller(
        new Actor(name, Actor.Kind.PERSON),
        Set.of(),
        new Groups.Known(PeopleModel.LEADS.contains(name) ? Set.of("leads") : Set.of()),
        name);
  }

  private static PolicyDocument approvals(int required) {
    return document(
        "approvals",
        "{name: leads, approvals: {required: %d, from: [leads], expiresAfter: %s}}"
            .formatted(required, PeopleModel.APPROVAL_EXPIRES));
  }

  private static PolicyDocument document(String name, String rule) {
    return PolicyDocument.read(
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: %s}, rules: [%s]}"
            .formatted(name, rule),
        "the test");
  }

  @Override
  public Policy inForce() {
    var documents = new ArrayList<PolicyDocument>();
    Optional.ofNullable(APPROVALS.get(model.demanded)).ifPresent(documents::add);
    if (model.frozen) {
      documents.add(FROZEN);
    }
    documents.add(StandingHold.document(holds));
    return new PolicySet(documents);
  }

  @Override
  public Policy heldInForce() {
    return inForce();
  }

  @Override
  public Draft draft(String document) {
    throw new UnsupportedOperationException("nobody writes policies here");
  }

  @Override
  public Draft draft(String name, String document) {
    return draft(document);
  }

  @Override
  public String document(String name) {
    throw new UnsupportedOperationException("nobody reads policies here");
  }
}
