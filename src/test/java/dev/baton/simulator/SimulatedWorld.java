package dev.baton.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What AWS really does, without HTTP: changed at the instant that one says. */
public final class SimulatedWorld {
  private AwsRules rules =
      new AwsRules(
          "111122223333",
          PromotionPlan.local(),
          Duration.ofSeconds(3),
          PresentPrimary.INVALID_PARAMETER_VALUE,
          true);
  private World world = World.empty();

  /** What AWS answers to a call that changes something. */
  public sealed interface Answer {
    record Accepted(int effectivePromotions) implements Answer {}

    record Refused(String code, String message, int status) implements Answer {}
  }

  public void add(SimulatedDatastore datastore) {
    world = world.with(datastore);
  }

  /** How it is. */
  public SimulatedDatastore at(String id, Instant now) {
    return world.at(id, now);
  }

  /** What a Region shows of it; empty where it has no member. */
  public Optional<SimulatedDatastore> seenFrom(String region, String id, Instant at) {
    try {
      return Optional.of(world.seenFrom(region, id, at).at(at));
    } catch (QueryError notFound) {
      return Optional.empty();
    }
  }

  public List<SimulatedDatastore> seenFrom(String region, Instant at) {
    return world.seenFrom(region, at).stream().map(state -> state.at(at)).toList();
  }

  /** Whether a replication group belongs to no Global datastore any more. */
  public boolean hasLeft(String region, String replicationGroupId, Instant at) {
    return world.replicationGroups(region, replicationGroupId, at).stream()
        .anyMatch(group -> group.role().isEmpty());
  }

  public Answer promote(
      String id, String through, String region, String group, PromotionPlan plan, Instant now) {
    var before = effectivePromotions(id);
    try {
      world = world.promote(id, through, region, group, rules.withPromotionPlan(plan), now);
      return new Answer.Accepted(effectivePromotions(id) - before);
    } catch (QueryError refused) {
      return new Answer.Refused(refused.code(), refused.message(), refused.status());
    }
  }

  public Answer disassociate(String id, String through, String region, String group, Instant now) {
    try {
      world = world.disassociate(id, through, region, group, rules, now);
      return new Answer.Accepted(0);
    } catch (QueryError refused) {
      return new Answer.Refused(refused.code(), refused.message(), refused.status());
    }
  }

  private int effectivePromotions(String id) {
    return Optional.ofNullable(world.datastores().get(id)).orElseThrow().effectivePromotions();
  }
}
