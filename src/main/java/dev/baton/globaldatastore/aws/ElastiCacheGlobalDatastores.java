package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.aws.Questions.Page;
import dev.baton.globaldatastore.aws.ServedRegions.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Reads Global datastores through the AWS SDK. */
final class ElastiCacheGlobalDatastores implements GlobalDatastores {
  private final ServedRegions regions;
  private final Questions questions;

  ElastiCacheGlobalDatastores(ServedRegions regions, Questions questions) {
    this.regions = regions;
    this.questions = questions;
  }

  @Override
  public Reading<GlobalDatastore> describe(
      AccountId accountId, Region region, GlobalDatastoreId id) {
    return through(accountId, region, way -> describe(way, id));
  }

  @Override
  public Reading<List<GlobalDatastore>> describeAll(
      AccountId accountId, Region region, Duration rest) {
    return through(
        accountId,
        region,
        way ->
            new Listing<>(
                    marker -> questions.page(way, question -> marker.ifPresent(question::marker)),
                    rest)
                .read());
  }

  private Reading<GlobalDatastore> describe(Way way, GlobalDatastoreId id) {
    return switch (questions.page(way, question -> question.globalReplicationGroupId(id.value()))) {
      case Seen<Page<GlobalDatastore>>(var page, var beganAt) -> theOne(page, id, beganAt);
      case NotFound<Page<GlobalDatastore>>(var beganAt) -> new NotFound<>(beganAt);
      case NotRead<Page<GlobalDatastore>>(var reason, var code, var message) ->
          new NotRead<>(reason, code, message);
    };
  }

  /** AWS keeps ids in lower case, whatever it was asked for. */
  private static Reading<GlobalDatastore> theOne(
      Page<GlobalDatastore> page, GlobalDatastoreId id, Instant beganAt) {
    return page.items().stream()
        .filter(shown -> shown.id().value().equalsIgnoreCase(id.value()))
        .findFirst()
        .<Reading<GlobalDatastore>>map(shown -> new Seen<>(shown, beganAt))
        .orElseGet(() ->
            new NotRead<>(
                Reason.UNREADABLE,
                "UnreadableAnswer",
                "asked for %s, AWS showed %s".formatted(id, ids(page))));
  }

  private static String ids(Page<GlobalDatastore> page) {
    return ErrorMessage.firstLine(
        page.items().stream().map(GlobalDatastore::id).toList().toString());
  }

  private <T> Reading<T> through(
      AccountId accountId, Region region, Function<Way, Reading<T>> question) {
    if (!regions.hasCredentialsFor(accountId)) {
      return new NotRead<>(Reason.DENIED, "AccountNotServed", regions.otherAccount(accountId));
    }
    return regions
        .way(accountId, region, CallKind.READ)
        .map(question)
        .orElseGet(() ->
            new NotRead<>(Reason.DENIED, "RegionNotServed", regions.notServed(accountId, region)));
  }
}
