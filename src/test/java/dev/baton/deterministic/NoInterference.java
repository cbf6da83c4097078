package dev.baton.deterministic;

import java.time.Duration;

/** A database that takes no time and never fails. */
public final class NoInterference implements Database.Interference {

  /** The connections of somebody to such a database. */
  public static Database.Session session() {
    var timeline = new Timeline();
    return new Database(timeline, new NoInterference()).connect(new Host("somebody", timeline));
  }

  @Override
  public Duration statement(Host host) {
    return Duration.ZERO;
  }

  @Override
  public Commit commit(Host host) {
    return Commit.GOES_WELL;
  }

  @Override
  public void committed(Host host) {}
}
