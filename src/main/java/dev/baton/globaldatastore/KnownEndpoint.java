package dev.baton.globaldatastore;

import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of one endpoint, and the one question that may be under way. */
final class KnownEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(KnownEndpoint.class);
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** For the case that it can't be read again: names change rarely, and not by a failover. */
  private static final Duration USABLE = Duration.ofHours(1);

  /** How long it isn't asked for again in vain. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Supplier<Reading<ReplicationGroup>> question;
  private final InstantSource clock;
  private volatile Optional<Entry> known = Optional.empty();
  private volatile Instant notBefore = Instant.MIN;
  private @Nullable FutureTask<?> underWay;

  private record Entry(Endpoint endpoint, Instant readAt) {}

  KnownEndpoint(Supplier<Reading<ReplicationGroup>> question, InstantSource clock) {
    this.question = question;
    this.clock = clock;
  }

  Optional<Endpoint> within(Duration patience) {
    if (known(FRESH).isEmpty() && !clock.instant().isBefore(notBefore)) {
      await(asked(), patience);
    }
    return known(USABLE);
  }

  private Optional<Endpoint> known(Duration atMost) {
    var oldest = clock.instant().minus(atMost);
    return known.filter(entry -> entry.readAt().isAfter(oldest)).map(Entry::endpoint);
  }

  private synchronized FutureTask<?> asked() {
    var running = underWay;
    if (running != null && !running.isDone()) {
      return running;
    }
    var task = new FutureTask<>(this::ask, true);
    underWay = task;
    Thread.ofVirtual().name("endpoint").start(task);
    return task;
  }

  private static void await(FutureTask<?> task, Duration patience) {
    try {
      task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      LOG.warn("An endpoint can't be read", failure.getCause());
    } catch (TimeoutException late) {
      LOG.debug("An endpoint was not read within {}", patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    try {
      take(question.get());
    } finally {
      if (known(FRESH).isEmpty()) {
        notBefore = clock.instant().plus(PAUSE);
      }
    }
  }

  private void take(Reading<ReplicationGroup> reading) {
    switch (reading) {
      case Seen<ReplicationGroup>(var group, var beganAt) ->
          group
              .endpoint()
              .ifPresentOrElse(
                  endpoint -> known = Optional.of(new Entry(endpoint, beganAt)),
                  () -> LOG.warn("AWS shows no endpoint of {}", group.id()));
      case NotFound<ReplicationGroup> _ -> known = Optional.empty();
      case NotRead<ReplicationGroup>(var reason, var code, var message) ->
          LOG.warn("An endpoint can't be read: {} ({}): {}", reason, code, message);
    }
  }
}
