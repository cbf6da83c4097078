package dev.baton.failover;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.Region;
import dev.baton.failover.comparison.Difference;
import dev.baton.failover.comparison.Differences;
import dev.baton.failover.comparison.Recorded;
import dev.baton.failover.comparison.View;
import dev.baton.failover.primary.RecordedPrimaries;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares at every start what AWS shows with what was recorded: the database may be an older copy,
 * or things may have happened while nobody was there. It only tells; nothing waits for it.
 */
@Component
class StartComparison implements InitializingBean {
  private static final Logger LOG = LoggerFactory.getLogger(StartComparison.class);
  private static final int MOST_LOGGED = 50;
  private static final int MOST_RECORDED = 1_000;

  private final FailoverRepository failovers;
  private final RecordedPrimaries primaries;
  private final GlobalDatastores globalDatastores;
  private final AwsEnvironment aws;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final InstantSource clock;
  private Recorded recorded = new Recorded(List.of(), List.of());
  private Instant startedAt = Instant.EPOCH;

  StartComparison(
      FailoverRepository failovers,
      RecordedPrimaries primaries,
      GlobalDatastores globalDatastores,
      AwsEnvironment aws,
      AuditLog audit,
      TransactionOperations transactions,
      InstantSource clock) {
    this.failovers = failovers;
    this.primaries = primaries;
    this.globalDatastores = globalDatastores;
    this.aws = aws;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Before any task runs, which would record what it finds. */
  @Override
  public void afterPropertiesSet() {
    startedAt = clock.instant();
    recorded =
        new Recorded(
            primaries.all(),
            failovers.findUnfinished().stream()
                .map(failover ->
                    new Recorded.Unfinished(
                        failover.id(),
                        failover.status().name(),
                        failover.isCalledFor(),
                        failover.accountId(),
                        failover.globalReplicationGroupId(),
                        failover.targetRegion(),
                        failover.targetReplicationGroupId()))
                .toList());
  }

  /** A Region that is dark must not delay the start. */
  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    Thread.ofVirtual().name("start-comparison").start(this::compare);
  }

  private void compare() {
    try {
      var views =
          aws.accounts().stream()
              .flatMap(
                  account -> account.regions().stream().map(region -> view(account.id(), region)))
              .toList();
      var differences = new Differences(recorded, views).all();
      record(differences, views);
      tell(differences);
    } catch (RuntimeException failure) {
      LOG.warn("What AWS shows could not be compared with what was recorded", failure);
    }
  }

  private View view(AccountId accountId, Region region) {
    return switch (globalDatastores.describeAll(accountId, region, Duration.ZERO)) {
      case Reading.Seen<List<GlobalDatastore>>(var shown, _) ->
          new View.Shown(accountId, region, shown);
      case Reading.NotFound<List<GlobalDatastore>> _ ->
          new View.Shown(accountId, region, List.of());
      case Reading.NotRead<List<GlobalDatastore>> failure ->
          new View.Unread(accountId, region, "%s: %s".formatted(failure.code(), failure.message()));
    };
  }

  private void record(List<Difference> differences, List<View> views) {
    var unread =
        views.stream()
            .flatMap(view -> view instanceof View.Unread it ? Stream.of(it) : Stream.empty())
            .toList();
    transactions.executeWithoutResult(_ ->
        audit.append(
            AuditStream.of("start", UUID.randomUUID()),
            "START_COMPARED",
            Actor.BATON,
            clock.instant(),
            new Entry(
                startedAt,
                differences.stream().limit(MOST_RECORDED).toList(),
                Math.max(0, differences.size() - MOST_RECORDED),
                unread)));
  }

  /**
   * What the log keeps of it.
   *
   * @param further how many more differences there are
   * @param unread the Regions about which nothing is claimed
   */
  private record Entry(
      Instant startedAt, List<Difference> differences, int further, List<View.Unread> unread) {}

  private static void tell(List<Difference> differences) {
    if (differences.isEmpty()) {
      LOG.info("AWS shows nothing that was recorded otherwise");
    }
    differences.stream()
        .limit(MOST_LOGGED)
        .forEach(difference -> LOG.warn("Otherwise than recorded: {}", difference.inWords()));
    if (differences.size() > MOST_LOGGED) {
      LOG.warn(
          "{} more; GET /v1/audit?type=START_COMPARED has them", differences.size() - MOST_LOGGED);
    }
  }
}
