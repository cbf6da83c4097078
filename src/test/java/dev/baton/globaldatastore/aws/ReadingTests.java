package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalNodeGroup;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTests {
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

  @Test
  void showsEveryFieldThatAwsShows() throws IOException {
    try (var aws = FakeAws.answering(200, Answers.page("", "ldgnf-sessions"));
        var adapter = Adapter.to(aws.uri())) {
      var before = InstantSource.system().instant();
      assertThat(adapter.describe())
          .isInstanceOfSatisfying(
              Seen.class,
              seen -> {
                assertThat(seen.value()).isEqualTo(sessions());
                assertThat(seen.beganAt()).isBetween(before, InstantSource.system().instant());
              });
      assertThat(aws.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.region()).isEqualTo("us-west-2");
            assertThat(request.body())
                .contains("MaxRecords=100", "ShowMemberInfo=true", "=ldgnf-sessions");
          });
    }
  }

  @Test
  void goesByItsOwnClockWhateverAwsClockShows() throws IOException {
    var now = InstantSource.system().instant();
    var answer =
        new FakeAws.Answer.Dated(
            200, Answers.page("", "ldgnf-sessions"), now.plus(Duration.ofHours(1)));
    try (var aws = FakeAws.answering(_ -> answer);
        var adapter = Adapter.to(aws.uri())) {
      assertThat(adapter.describe())
          .isInstanceOfSatisfying(
              Seen.class,
              seen -> assertThat(seen.beganAt()).isBetween(now, InstantSource.system().instant()));
    }
  }

  @Test
  void isReadAgainOnceItIsKnownHowFarTheClocksAreApart() throws IOException {
    var hour = Duration.ofHours(1);
    try (var aws =
            FakeAws.answering(request -> {
              var theirs = InstantSource.system().instant().plus(hour);
              return new FakeAws.Answer.Dated(
                  isSignedAt(theirs, request) ? 200 : 403,
                  isSignedAt(theirs, request)
                      ? Answers.page("", "ldgnf-sessions")
                      : Answers.error("SignatureDoesNotMatch"),
                  theirs);
            });
        var adapter = Adapter.to(aws.uri())) {
      assertThat(adapter.describe())
          .isEqualTo(
              new NotRead<>(Reason.DENIED, "SignatureDoesNotMatch", "said SignatureDoesNotMatch"));
      assertThat(adapter.describe()).isInstanceOf(Seen.class);
    }
  }

  /** AWS takes what was signed within five minutes of its own time. */
  private static boolean isSignedAt(Instant theirs, FakeAws.Request request) {
    var signed =
        request
            .head()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("x-amz-date: "))
            .map(line -> line.substring("x-amz-date: ".length()))
            .map(text -> LocalDateTime.parse(text, SIGNED).toInstant(ZoneOffset.UTC))
            .findFirst()
            .orElseThrow();
    return Duration.between(signed, theirs).abs().compareTo(Duration.ofMinutes(5)) < 0;
  }

  @Test
  void isNotFoundWhereAwsSaysSo() throws IOException {
    assertThat(
            described(
                new FakeAws.Answer.Whole(404, Answers.error("GlobalReplicationGroupNotFoundFault")),
                1))
        .isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, DENIED, 1",
    "400, InvalidParameterValue, DENIED, 1",
    "400, Throttling, THROTTLED, 3",
    "400, APICallRateForCustomerExceeded, THROTTLED, 3",
    "500, InternalFailure, DARK, 3",
    "503, ServiceUnavailable, DARK, 3"
  })
  void saysWhyThereIsNoAnswerAndAsksAgainWhereThatMayHelp(
      int status, String code, Reason reason, int requests) throws IOException {
    assertThat(described(new FakeAws.Answer.Whole(status, Answers.error(code)), requests))
        .isEqualTo(new NotRead<>(reason, code, "said " + code));
  }

  @Test
  void isDarkAfterACutConnection() throws IOException {
    assertThat(described(new FakeAws.Answer.Cut(), 3)).satisfies(notRead(Reason.DARK));
  }

  @Test
  void doesNotAskASilentRegionAgain() throws IOException {
    assertThat(described(new FakeAws.Answer.Silence(), 1)).satisfies(notRead(Reason.DARK));
  }

  @Test
  void isUnreachableWhereNothingListens() throws IOException {
    try (var adapter = Adapter.to(Ports.refusing())) {
      assertThat(adapter.describe()).satisfies(notRead(Reason.UNREACHABLE));
    }
  }

  @Test
  void isUnreachableWhereTheConnectionDoesNotOpenInTimeAndIsNotTriedAgain() throws IOException {
    try (var deaf = new Ports.Deaf();
        var adapter = Adapter.to(deaf.uri())) {
      var began = System.nanoTime();
      assertThat(adapter.describe()).satisfies(notRead(Reason.UNREACHABLE));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isLessThan(Adapter.SHORT.multipliedBy(2));
    }
  }

  @Test
  void givesTheAnswerThatComesAtTheSecondTry() throws IOException {
    try (var aws =
            FakeAws.answeringInTurn(
                new FakeAws.Answer.Whole(500, Answers.error("InternalFailure")),
                new FakeAws.Answer.Whole(200, Answers.page("", "ldgnf-sessions")));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(adapter.describe()).isInstanceOf(Seen.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"200, no XML", "200, <html>hotel</html>", "404, <html>proxy</html>"})
  void isUnreadableWhereTheAnswerIsNotOfElastiCache(int status, String body) throws IOException {
    assertThat(described(new FakeAws.Answer.Whole(status, body), 1))
        .satisfies(notRead(Reason.UNREADABLE));
  }

  @Test
  void saysWhichIdIsNone() throws IOException {
    var body = Answers.page("", "ldgnf-sessions").replace("us-west-2", "Mars_1");
    assertThat(described(new FakeAws.Answer.Whole(200, body), 1))
        .isInstanceOfSatisfying(
            NotRead.class,
            notRead -> {
              assertThat(notRead.reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(notRead.message()).contains("Mars_1");
            });
  }

  @Test
  void isUnreadableWhereAnotherDatastoreIsShown() throws IOException {
    assertThat(described(new FakeAws.Answer.Whole(200, Answers.page("", "ldgnf-other")), 1))
        .isInstanceOfSatisfying(
            NotRead.class, notRead -> assertThat(notRead.message()).contains("ldgnf-other"));
  }

  @Test
  void isDeniedForAnotherAccountOrRegionWithoutAsking() throws IOException {
    try (var aws = FakeAws.answering(200, Answers.page("", "ldgnf-sessions"));
        var adapter = Adapter.to(aws.uri())) {
      var other = new AccountId("999999999999");
      assertThat(adapter.reads.describe(other, Adapter.OREGON, Adapter.SESSIONS))
          .satisfies(notRead(Reason.DENIED));
      assertThat(
              adapter.reads.describe(Adapter.ACCOUNT, new Region("ap-south-1"), Adapter.SESSIONS))
          .satisfies(notRead(Reason.DENIED));
      assertThat(aws.requests()).isEmpty();
    }
  }

  private static Reading<GlobalDatastore> described(FakeAws.Answer answer, int requests)
      throws IOException {
    try (var aws = FakeAws.answering(request -> answer);
        var adapter = Adapter.to(aws.uri(), Adapter.impatient())) {
      var reading = adapter.describe();
      assertThat(aws.requests()).hasSize(requests);
      return reading;
    }
  }

  private static ThrowingConsumer<Reading<GlobalDatastore>> notRead(Reason reason) {
    return reading ->
        assertThat(reading)
            .isInstanceOfSatisfying(
                NotRead.class, notRead -> assertThat(notRead.reason()).isEqualTo(reason));
  }

  private static GlobalDatastore sessions() {
    return new GlobalDatastore(
        Adapter.SESSIONS,
        "Sessions",
        "available",
        "cache.r7g.large",
        "valkey",
        "8.1",
        List.of(
            new Member(
                new ReplicationGroupId("sessions-use1"),
                Adapter.VIRGINIA,
                "PRIMARY",
                "enabled",
                "associated"),
            new Member(
                new ReplicationGroupId("sessions-usw2"),
                Adapter.OREGON,
                "SECONDARY",
                "disabled",
                "associated")),
        true,
        List.of(new GlobalNodeGroup("ldgnf-sessions-0001", "0-16383")),
        false,
        true,
        true,
        "arn:aws:elasticache::123456789012:globalreplicationgroup:ldgnf-sessions");
  }
}
