package dev.baton.deterministic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A machine with a clock of its own. It can stand still, and it can die. */
public final class Host implements InstantSource {
  private final String name;
  private final Timeline timeline;
  private final List<Runnable> atPause = new ArrayList<>();
  private final List<Runnable> atDeath = new ArrayList<>();
  private Duration clockError = Duration.ZERO;
  private long pausedUntil;
  private boolean dead;

  public Host(String name, Timeline timeline) {
    this.name = name;
    this.timeline = timeline;
  }

  public String name() {
    return name;
  }

  /** What its clock shows. */
  @Override
  public Instant instant() {
    return timeline.instant().plus(clockError).truncatedTo(ChronoUnit.MICROS);
  }

  /** How far its clock is ahead. */
  public void setClockError(Duration ahead) {
    clockError = ahead;
  }

  /** Its monotonic clock. */
  public long nanos() {
    return timeline.nanos();
  }

  public boolean isRunning() {
    return !dead && timeline.nanos() >= pausedUntil;
  }

  public boolean isDead() {
    return dead;
  }

  public Duration pauseLeft() {
    return Duration.ofNanos(Math.max(0, pausedUntil - timeline.nanos()));
  }

  /** Nothing on it goes on for so long. */
  public void pause(Duration time) {
    pausedUntil = Math.max(pausedUntil, timeline.nanos() + time.toNanos());
    List.copyOf(atPause).forEach(Runnable::run);
  }

  public void wakeUp() {
    pausedUntil = timeline.nanos();
  }

  public void die() {
    dead = true;
    List.copyOf(atDeath).forEach(Runnable::run);
  }

  public void whenPaused(Runnable what) {
    atPause.add(what);
  }

  public void whenDead(Runnable what) {
    atDeath.add(what);
  }

  /** Lets time pass for what runs here. */
  public void elapse(Duration time) {
    if (dead) {
      throw new HostDied(name);
    }
    timeline.elapse(time);
    standStill();
  }

  /** Waits until somebody runs what this hands out. */
  void sleep(Consumer<Runnable> alarm) {
    timeline.sleep(alarm);
    standStill();
  }

  /** To be called wherever a pause or the end may strike. */
  public void standStill() {
    while (!dead && timeline.nanos() < pausedUntil) {
      timeline.elapse(pauseLeft());
    }
    if (dead) {
      throw new HostDied(name);
    }
  }
}
