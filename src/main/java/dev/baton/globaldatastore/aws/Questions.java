package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.aws.ServedRegions.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupNotFoundException;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;

/** Asks ElastiCache something that changes nothing, a few times if need be. */
final class Questions {
  private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
  static final int LARGEST_PAGE = 100;

  /** Nobody waits longer to hear how a replication group stands by itself. */
  private static final Duration ABOUT_GROUPS = Duration.ofSeconds(2);

  private final Duration timeout;
  private final Duration budget;
  private final SendClock clock;

  private Questions(Duration timeout, Duration budget, SendClock clock) {
    this.timeout = timeout;
    this.budget = budget;
    this.clock = clock;
  }

  Questions(AwsProperties properties, SendClock clock) {
    this(properties.readTimeout(), properties.readBudget(), clock);
  }

  /** Those about replication groups, which nothing that is urgent waits for. */
  static Questions aboutGroups(AwsProperties properties, SendClock clock) {
    return new Questions(properties.readTimeout(), ABOUT_GROUPS, clock);
  }

  /**
   * One page of a list.
   *
   * @param marker where the next page begins, if there is one
   */
  record Page<T>(List<T> items, Optional<String> marker) {

    static <T> Page<T> of(List<T> items, @Nullable String marker) {
      return new Page<>(
          List.copyOf(items), Optional.ofNullable(marker).filter(next -> !next.isEmpty()));
    }
  }

  private record Asked<T>(Reading<T> reading, boolean passing) {}

  /** A question, and what to make of its answer. */
  interface Question<T> {
    Reading<T> ask(ElastiCacheClient client, Duration atMost, Instant beganAt);
  }

  /** One page of DescribeGlobalReplicationGroups. */
  Reading<Page<GlobalDatastore>> page(
      Way way, Consumer<DescribeGlobalReplicationGroupsRequest.Builder> question) {
    return ask(
        way, (client, atMost, beganAt) -> understood(answer(client, question, atMost), beganAt));
  }

  <T> Reading<T> ask(Way way, Question<T> question) {
    var judgement =
        new RegionGuard.Judgement<Asked<T>>(
            asked -> Lesson.of(asked.reading()),
            Asked::passing,
            held ->
                unread(
                    // What opened the breaker is what asking would come to.
                    held.unreached() ? Reason.UNREACHABLE : Reason.HELD_BACK,
                    "HeldBack",
                    "%s: %s".formatted(way.region(), held.why())));
    var end = clock.nanos().getAsLong() + budget.toNanos();
    return way.guard().call(() -> askOnce(way, question, end), judgement, budget).reading();
  }

  private <T> Asked<T> askOnce(Way way, Question<T> question, long end) {
    var beganAt = clock.instant();
    try {
      return new Asked<>(question.ask(way.client(), timeLeft(end), beganAt), false);
    } catch (GlobalReplicationGroupNotFoundException | ReplicationGroupNotFoundException absent) {
      return new Asked<>(new NotFound<>(beganAt), false);
    } catch (RuntimeException failure) {
      return new Asked<>(
          ErrorClassification.ofRead(failure), ErrorClassification.isWorthAskingAgain(failure));
    }
  }

  private static DescribeGlobalReplicationGroupsResponse answer(
      ElastiCacheClient client,
      Consumer<DescribeGlobalReplicationGroupsRequest.Builder> question,
      Duration atMost) {
    var request =
        DescribeGlobalReplicationGroupsRequest.builder()
            .maxRecords(LARGEST_PAGE)
            .showMemberInfo(true)
            .overrideConfiguration(configuration -> configuration.apiCallTimeout(atMost));
    question.accept(request);
    return client.describeGlobalReplicationGroups(request.build());
  }

  private Duration timeLeft(long end) {
    var left = Duration.ofNanos(Math.max(1_000_000, end - clock.nanos().getAsLong()));
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  private static Reading<Page<GlobalDatastore>> understood(
      DescribeGlobalReplicationGroupsResponse answer, Instant beganAt) {
    // The SDK takes any well-formed 200 for an answer with no Global datastores.
    if (!answer.hasGlobalReplicationGroups() && RequestId.of(answer).isEmpty()) {
      return new NotRead<>(
          Reason.UNREADABLE,
          "UnreadableAnswer",
          "the answer isn't ElastiCache's: it lists nothing");
    }
    var datastores = new ArrayList<GlobalDatastore>();
    var unreadable = new ArrayList<String>();
    for (var group : answer.globalReplicationGroups()) {
      try {
        datastores.add(GlobalDatastoreTranslation.translated(group));
      } catch (IllegalArgumentException refused) {
        unreadable.add("AWS shows an id that " + refused.getMessage());
      }
    }
    // One that can't be read must not hide the others; alone, it is what was asked for.
    if (datastores.isEmpty() && !unreadable.isEmpty()) {
      return new NotRead<>(Reason.UNREADABLE, "UnreadableAnswer", unreadable.getFirst());
    }
    unreadable.forEach(why -> LOG.warn("A Global datastore is left out: {}", why));
    return new Seen<>(Page.of(datastores, answer.marker()), beganAt);
  }

  private static <T> Asked<T> unread(Reason reason, String code, String message) {
    return new Asked<>(new NotRead<>(reason, code, message), false);
  }
}
