package dev.baton.process;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An AWS that throttles, cuts connections and dawdles, now and then, as long as it is open. */
final class Weather implements AutoCloseable {
  private static final double STRUCK_CALLS = 0.3;
  private static final Duration BETWEEN_STRUCK_READS = Duration.ofMillis(700);

  /** What isn't struck any more must not pile up for those who come later. */
  private static final int MOST_PENDING = 30;

  private static final List<Fault> ON_CALLS =
      List.of(
          Fault.throttle(),
          Fault.throttle(),
          Fault.callRateExceeded(),
          Fault.cutAfter(),
          Fault.cutAfter(),
          Fault.cutAfter(),
          Fault.errorAfter(),
          Fault.cutBefore());

  private static final List<Fault> ON_READS =
      List.of(
          Fault.throttle(),
          Fault.throttle(),
          Fault.cutBefore(),
          Fault.cutAfter(),
          Fault.delayAfter(Duration.ofSeconds(1)));

  private final Simulator simulator;
  private final Random random;
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  Weather(Simulator simulator, long seed) {
    this.simulator = simulator;
    this.random = new Random(seed);
    executor.scheduleAtFixedRate(
        this::strikeARead, 0, BETWEEN_STRUCK_READS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void strikeARead() {
    if (simulator.faults().size() < MOST_PENDING) {
      simulator.inject(Injection.of(any(ON_READS)).on(Window.DESCRIBE));
    }
  }

  /** Lets a fault strike the next call about a datastore, more or less often. */
  void strikeACall(String datastore) {
    if (random.nextDouble() < STRUCK_CALLS && simulator.faults().size() < MOST_PENDING) {
      simulator.inject(Injection.of(any(ON_CALLS)).on(Window.CALL).about(datastore));
    }
  }

  private Fault any(List<Fault> faults) {
    return faults.get(random.nextInt(faults.size()));
  }

  @Override
  public void close() {
    executor.shutdownNow();
    simulator.clearFaults();
  }
}
