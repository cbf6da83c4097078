package dev.baton.globaldatastore;

import dev.baton.core.ReadinessLevel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * How many targets are at which level, for each Region that is served: the same at each instance,
 * because it is what the database has.
 */
@Component
class ReadinessGauges implements MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(ReadinessGauges.class);

  /** All gauges are read together, and counted once for it. */
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final ReadinessTable table;
  private final AwsEnvironment aws;
  private final InstantSource clock;
  private Optional<Map<ReadinessTable.Level, Long>> counts = Optional.empty();
  private Instant countedAt = Instant.MIN;

  ReadinessGauges(ReadinessTable table, AwsEnvironment aws, InstantSource clock) {
    this.table = table;
    this.aws = aws;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var account : aws.accounts()) {
      for (var region : account.regions()) {
        for (var level : ReadinessLevel.values()) {
          var counted = new ReadinessTable.Level(new Place(account.id(), region), level);
          Gauge.builder("baton.readiness.targets", this, it -> it.count(counted))
              .description("Members that could become primary, by how fit they are")
              .tag("account", account.id().value())
              .tag("region", region.name())
              .tag("level", level.name())
              .register(registry);
        }
      }
    }
  }

  /** Not a number where the database can't tell. */
  private synchronized double count(ReadinessTable.Level level) {
    var now = clock.instant();
    if (countedAt.plus(KEPT).isBefore(now)) {
      counts = counted();
      countedAt = now;
    }
    return counts.map(all -> (double) all.getOrDefault(level, 0L)).orElse(Double.NaN);
  }

  private Optional<Map<ReadinessTable.Level, Long>> counted() {
    try {
      return Optional.of(table.counts());
    } catch (DataAccessException failure) {
      LOG.warn("Targets can't be counted by readiness", failure);
      return Optional.empty();
    }
  }
}
