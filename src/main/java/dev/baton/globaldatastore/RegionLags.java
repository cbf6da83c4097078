package dev.baton.globaldatastore;

import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.ReplicationLag.Known;
import dev.baton.globaldatastore.ReplicationLag.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the secondaries in one Region, and the one question that may be under way. */
final class RegionLags {
  private static final Logger LOG = LoggerFactory.getLogger(RegionLags.class);

  /** Of the time that a measurement is good, after which it is asked for before anybody waits. */
  private static final double YOUNG = 0.75;

  private final Function<Set<ReplicationGroupId>, Reading<Map<ReplicationGroupId, ReplicationLag>>>
      question;
  private final Supplier<Set<ReplicationGroupId>> secondaries;
  private final ReplicationLagProperties properties;
  private final InstantSource clock;
  private final Map<ReplicationGroupId, Entry> known = new ConcurrentHashMap<>();
  private volatile Optional<Entry> silence = Optional.empty();
  private @Nullable FutureTask<?> underWay;

  private record Entry(ReplicationLag lag, Instant at) {}

  RegionLags(
      Function<Set<ReplicationGroupId>, Reading<Map<ReplicationGroupId, ReplicationLag>>> question,
      Supplier<Set<ReplicationGroupId>> secondaries,
      ReplicationLagProperties properties,
      InstantSource clock) {
    this.question = question;
    this.secondaries = secondaries;
    this.properties = properties;
    this.clock = clock;
  }

  Optional<ReplicationLag> known(ReplicationGroupId secondary) {
    return Optional.ofNullable(known.get(secondary))
        .filter(this::isFresh)
        .or(() -> silence.filter(this::isFresh))
        .map(Entry::lag);
  }

  ReplicationLag lag(ReplicationGroupId secondary, Duration patience) {
    var left = patience.toNanos();
    var answer = known(secondary);
    if (answer.isPresent()) {
      renewWhatGrowsOld(secondary);
    }
    while (answer.isEmpty()) {
      var question = asked(secondary);
      var began = System.nanoTime();
      if (!awaited(question, left)) {
        return new Unknown("CloudWatch did not answer within " + patience);
      }
      left -= System.nanoTime() - began;
      // A question that was under way may have left this one out: then it is asked next.
      answer = known(secondary);
    }
    return answer.get();
  }

  private boolean isFresh(Entry entry) {
    return isYoungerThan(kept(entry), entry);
  }

  private boolean isYoung(Entry entry) {
    return entry.lag() instanceof Known
        ? isYoungerThan(Duration.ofNanos((long) (kept(entry).toNanos() * YOUNG)), entry)
        : isFresh(entry);
  }

  private Duration kept(Entry entry) {
    return entry.lag() instanceof Known ? properties.kept() : properties.unknownKept();
  }

  private boolean isYoungerThan(Duration atMost, Entry entry) {
    var age = Duration.between(entry.at(), clock.instant());
    return !age.isNegative() && age.compareTo(atMost) < 0;
  }

  private FutureTask<?> asked(ReplicationGroupId wanted) {
    // The database is asked here, and not by the question: that it is away says nothing of a lag,
    // and the time that it takes is not CloudWatch's.
    return running()
        .orElseGet(() -> {
          var all = secondaries.get();
          return begun(() -> ask(wanted, all));
        });
  }

  /** It is good for a while yet, so nobody waits for this. */
  private void renewWhatGrowsOld(ReplicationGroupId wanted) {
    if (!isYoung(wanted) && silence.filter(this::isFresh).isEmpty() && running().isEmpty()) {
      var _ = begun(this::renew);
    }
  }

  private boolean isYoung(ReplicationGroupId secondary) {
    return Optional.ofNullable(known.get(secondary)).filter(this::isYoung).isPresent();
  }

  private synchronized Optional<FutureTask<?>> running() {
    return Optional.<FutureTask<?>>ofNullable(underWay).filter(question -> !question.isDone());
  }

  private synchronized FutureTask<?> begun(Runnable asking) {
    return running()
        .orElseGet(() -> {
          var question = new FutureTask<>(asking, true);
          underWay = question;
          // To ask for many computes for long, and a virtual thread would have one of few carriers.
          Thread.ofPlatform().daemon().name("replication-lag").start(question);
          return question;
        });
  }

  /** Whether it ended in time, however. */
  private static boolean awaited(FutureTask<?> task, long nanos) {
    try {
      task.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException failure) {
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ask(ReplicationGroupId wanted, Set<ReplicationGroupId> all) {
    if (known(wanted).isPresent()) {
      return; // another question ended while the database was asked
    }
    var due = new HashSet<>(all);
    due.removeIf(this::isYoung);
    due.add(wanted);
    askFor(due);
  }

  private void renew() {
    Set<ReplicationGroupId> due;
    try {
      due = new HashSet<>(secondaries.get());
    } catch (RuntimeException failure) {
      LOG.warn("Replication lag is not asked for: the database does not tell of what", failure);
      return;
    }
    due.removeIf(this::isYoung);
    if (!due.isEmpty()) {
      askFor(due);
    }
  }

  private void askFor(Set<ReplicationGroupId> due) {
    try {
      store(question.apply(Set.copyOf(due)), due);
    } catch (RuntimeException failure) {
      LOG.warn("Replication lag can't be read", failure);
      keepSilence("Baton could not ask for it: " + failure.getClass().getSimpleName());
    }
  }

  private void store(
      Reading<Map<ReplicationGroupId, ReplicationLag>> reading, Set<ReplicationGroupId> asked) {
    switch (reading) {
      case Reading.Seen<Map<ReplicationGroupId, ReplicationLag>>(var lags, var beganAt) -> {
        known.values().removeIf(entry -> !isFresh(entry));
        asked.forEach(one ->
            known.put(
                one,
                new Entry(
                    lags.getOrDefault(one, new Unknown("CloudWatch did not speak of it")),
                    beganAt)));
      }
      case Reading.NotFound<Map<ReplicationGroupId, ReplicationLag>> _ ->
          keepSilence("CloudWatch has no such metric");
      case Reading.NotRead<Map<ReplicationGroupId, ReplicationLag>> failure -> {
        LOG.warn(
            "Replication lag can't be read: {} ({}): {}",
            failure.reason(),
            failure.code(),
            failure.message());
        keepSilence(
            "CloudWatch can't be read: %s: %s".formatted(failure.code(), failure.message()));
      }
    }
  }

  private void keepSilence(String why) {
    silence = Optional.of(new Entry(new Unknown(why), clock.instant()));
  }
}
