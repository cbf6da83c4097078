package dev.baton.process;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Kills and pauses instances, aimed and at random, and restarts the database. */
final class Trouble implements AutoCloseable {
  private static final int INSTANCES = 3;
  private static final int AT_RANDOM = 4;
  private static final int TRIES = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Fleet fleet;
  private final Requests requests;
  private final Random random;
  private final NavigableMap<String, Integer> happened = new TreeMap<>();
  private final ConcurrentLinkedQueue<Duration> takeovers = new ConcurrentLinkedQueue<>();
  private final ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor();

  Trouble(Fleet fleet, Requests requests, long seed) {
    this.fleet = fleet;
    this.requests = requests;
    this.random = new Random(seed);
  }

  /** What becomes of an instance. */
  enum Fate {
    KILLED,
    PAUSED
  }

  /** One thing that goes wrong. */
  interface Step {
    void run() throws Exception;
  }

  /** Each window with each fate, as much again at random, and the database twice; in any order. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (var fate : Fate.values()) {
      for (var window : Window.values()) {
        steps.add(() -> aimed(window, fate));
      }
      for (int number = 0; number < AT_RANDOM; number++) {
        steps.add(() -> atRandom(fate));
      }
    }
    steps.add(() -> restartDatabase("immediate"));
    steps.add(() -> restartDatabase("fast"));
    Collections.shuffle(steps, random);
    return steps;
  }

  static String name(Window window, Fate fate) {
    return fate + " " + window;
  }

  NavigableMap<String, Integer> happened() {
    return Collections.unmodifiableNavigableMap(happened);
  }

  /** How long each task lay idle that a killed instance had picked, in order. */
  List<Duration> takeovers() throws InterruptedException {
    watchers.shutdown();
    if (!watchers.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("some tasks of killed instances were never taken over");
    }
    return takeovers.stream().sorted().toList();
  }

  private void aimed(Window window, Fate fate) throws Exception {
    for (int tries = 0; tries < TRIES; tries++) {
      if (hits(window, fate)) {
        return;
      }
      count("missed " + window);
      fleet.simulator.clearFaults();
    }
  }

  private boolean hits(Window window, Fate fate) throws Exception {
    fleet.running(2);
    var datastore = requests.take();
    BatonProcess victim;
    try (var hold = window.set(fleet, datastore, requests.target(datastore))) {
      requests.ask(datastore);
      var caught = hold.awaitCaught(PATIENCE);
      if (caught.isEmpty()) {
        return false;
      }
      victim = caught.get();
      strike(victim, fate);
    } finally {
      requests.giveBack(datastore);
    }
    count(name(window, fate));
    recover(victim, fate);
    return true;
  }

  private void atRandom(Fate fate) throws Exception {
    pause(Duration.ofMillis(random.nextInt(2000)));
    var up = fleet.running(2);
    var victim = up.get(random.nextInt(up.size()));
    strike(victim, fate);
    count(fate + " at random");
    recover(victim, fate);
  }

  private void strike(BatonProcess victim, Fate fate) throws Exception {
    switch (fate) {
      case KILLED -> {
        var takeover = Takeover.byKilling(victim, fleet.database);
        watchers.execute(() -> takeovers.addAll(takeover.awaitAll()));
      }
      case PAUSED -> victim.pause();
    }
  }

  private void recover(BatonProcess victim, Fate fate) throws Exception {
    switch (fate) {
      case KILLED -> fleet.startMissing(INSTANCES);
      case PAUSED -> {
        // Some wake up before another instance has taken over, some after.
        pause(Duration.ofMillis(2000 + random.nextInt(8000)));
        victim.resume();
      }
    }
  }

  /** Not while an instance starts: that would end it, and somebody would have to start it again. */
  private void restartDatabase(String mode) throws Exception {
    fleet.running(INSTANCES);
    fleet.database.restart(mode);
    count("database restarted, " + mode);
  }

  private void count(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  private static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
  }

  @Override
  public void close() {
    watchers.shutdownNow();
  }
}
