package dev.baton.failover;

import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Host;
import dev.baton.deterministic.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The instances of Baton in a schedule. One that is killed is started again on another host. */
final class SimulatedInstances {
  /** Half of what two clocks may differ by: a bit less than {@code baton.failover.lands-margin}. */
  static final Duration CLOCK_ERROR = Duration.ofMillis(450);

  private final Timeline timeline;
  private final Chance chance;
  private final Supplier<SimulatedInstance.Surroundings> surroundings;
  private final List<SimulatedInstance> instances = new ArrayList<>();
  private int started;

  SimulatedInstances(
      Timeline timeline, Chance chance, Supplier<SimulatedInstance.Surroundings> surroundings) {
    this.timeline = timeline;
    this.chance = chance;
    this.surroundings = surroundings;
  }

  void start() {
    var host = new Host("instance-" + ++started, timeline);
    host.setClockError(clockError());
    var instance = new SimulatedInstance(host, surroundings.get());
    instances.add(instance);
    on(instance, SimulatedInstance::start);
  }

  int started() {
    return started;
  }

  private Duration clockError() {
    return chance.between(CLOCK_ERROR.negated(), CLOCK_ERROR);
  }

  void kill(Host host) {
    host.die();
    instances.removeIf(instance -> instance.host() == host);
    timeline.after(chance.seconds(1, 10), this::start);
  }

  void killOne() {
    anyRunning().ifPresent(instance -> kill(instance.host()));
  }

  void pauseOne(Duration time) {
    anyRunning().ifPresent(instance -> instance.host().pause(time));
  }

  void setOneClock() {
    anyRunning().ifPresent(instance -> instance.host().setClockError(clockError()));
  }

  void wakeAll() {
    instances.forEach(instance -> instance.host().wakeUp());
  }

  /** None is started again. */
  void dieAll() {
    instances.forEach(instance -> instance.host().die());
  }

  Optional<SimulatedInstance> anyRunning() {
    var running = instances.stream().filter(one -> one.host().isRunning()).toList();
    return running.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(running));
  }

  /** Does something on an instance; what fails there for a good reason ends only that. */
  void on(SimulatedInstance instance, Consumer<SimulatedInstance> errand) {
    timeline.begin(() -> {
      try {
        errand.accept(instance);
      } catch (RuntimeException failure) {
        ScheduleRules.refuseUnexplained(failure);
      }
    });
  }
}
