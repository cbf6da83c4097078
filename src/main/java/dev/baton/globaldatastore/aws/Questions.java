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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupNotFoundException;

/** Asks DescribeGlobalReplicationGroups for one page, a few times if need be. */
final class Questions {
  private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
  private static final int LARGEST_PAGE = 100;

  private final AwsProperties properties;
  private final SendClock clock;

  Questions(AwsProperties properties, SendClock clock) {
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * One page of Global datastores.
   *
   * @param marker where the next page begins, if there is one
   */
  record Page(List<GlobalDatastore> datastores, Optional<String> marker) {}

  private record Asked(Reading<Page> reading, boolean passing) {}

  Reading<Page> ask(Way way, Consumer<DescribeGlobalReplicationGroupsRequest.Builder> question) {
    var judgement =
        new RegionGuard.Judgement<Asked>(
            asked -> Lesson.of(asked.reading()),
            Asked::passing,
            held ->
                unread(
                    // What opened the breaker is what asking would come to.
                    held.unreached() ? Reason.UNREACHABLE : Reason.HELD_BACK,
                    "HeldBack",
                    "%s: %s".formatted(way.region(), held.why())));
    var end = clock.nanos().getAsLong() + properties.readBudget().toNanos();
    return way.guard()
        .call(() -> askOnce(way, question, end), judgement, properties.readBudget())
        .reading();
  }

  private Asked askOnce(
      Way way, Consumer<DescribeGlobalReplicationGroupsRequest.Builder> question, long end) {
    var beganAt = clock.instant();
    try {
      return new Asked(understood(answer(way, question, end), beganAt), false);
    } catch (GlobalReplicationGroupNotFoundException absent) {
      return new Asked(new NotFound<>(beganAt), false);
    } catch (RuntimeException failure) {
      return new Asked(
          ErrorClassification.ofRead(failure), ErrorClassification.isWorthAskingAgain(failure));
    }
  }

  private DescribeGlobalReplicationGroupsResponse answer(
      Way way, Consumer<DescribeGlobalReplicationGroupsRequest.Builder> question, long end) {
    var request =
        DescribeGlobalReplicationGroupsRequest.builder()
            .maxRecords(LARGEST_PAGE)
            .showMemberInfo(true)
            .overrideConfiguration(configuration -> configuration.apiCallTimeout(timeLeft(end)));
    question.accept(request);
    return way.client().describeGlobalReplicationGroups(request.build());
  }

  private Duration timeLeft(long end) {
    var left = Duration.ofNanos(Math.max(1_000_000, end - clock.nanos().getAsLong()));
    return left.compareTo(properties.readTimeout()) < 0 ? left : properties.readTimeout();
  }

  private static Reading<Page> understood(
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
    var marker = Optional.ofNullable(answer.marker()).filter(next -> !next.isEmpty());
    return new Seen<>(new Page(List.copyOf(datastores), marker), beganAt);
  }

  private static Asked unread(Reason reason, String code, String message) {
    return new Asked(new NotRead<>(reason, code, message), false);
  }
}
