package dev.baton.globaldatastore.aws;

import static dev.baton.core.FailoverMode.FAILOVER;
import static dev.baton.core.FailoverMode.SWITCHOVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Reason;
import dev.baton.globaldatastore.CallOutcome.Refused;
import dev.baton.globaldatastore.CallOutcome.Unknown;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Seen;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegionGuardTests {
  private static final int BREAKER_CALLS = 4;
  private static final CallOutcome ACCEPTED = new Accepted(Adapter.OREGON, "id");
  private static final CallOutcome UNKNOWN = new Unknown("Timeout", "silent");
  private static final CallOutcome REFUSED =
      new Refused(Adapter.OREGON, "AccessDenied", "no", 403, Optional.empty(), false);

  private final Adapter adapter =
      Adapter.to(
          URI.create("http://127.0.0.1:1"),
          Adapter.properties(Duration.ofSeconds(5), 1, BREAKER_CALLS));

  @AfterEach
  void close() {
    adapter.close();
  }

  @ParameterizedTest
  @EnumSource
  void repeatsAnAttemptOnlyWhereAnotherTryMayReachAws(Reason reason) {
    var repeated = reason == Reason.UNREACHABLE || reason == Reason.THROTTLED;
    var tries = new AtomicInteger();
    var outcome = attempt(counting(tries, notExecuted(reason)));
    assertThat(outcome).isEqualTo(notExecuted(reason));
    assertThat(tries).hasValue(repeated ? 3 : 1);
  }

  @Test
  void beginsNoFurtherTryAfterTwoSeconds() throws IOException {
    var nanos = new AtomicLong();
    var tries = new AtomicInteger();
    try (var slow = adapterBy(nanos, URI.create("http://127.0.0.1:1"))) {
      slow.changes.attempt(
          Adapter.ACCOUNT,
          Adapter.OREGON,
          SWITCHOVER,
          () -> {
            nanos.addAndGet(Duration.ofMillis(1_200).toNanos());
            tries.incrementAndGet();
            return notExecuted(Reason.UNREACHABLE);
          });
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void asksNoLongerThanTheBudgetOfAQuestion() throws IOException {
    var nanos = new AtomicLong();
    try (var aws =
            FakeAws.answering(request -> {
              nanos.addAndGet(Duration.ofMillis(4_500).toNanos());
              return new FakeAws.Answer.Whole(500, Answers.error("InternalFailure"));
            });
        var slow = adapterBy(nanos, aws.uri())) {
      slow.describe();
      assertThat(aws.requests()).hasSize(2);
    }
  }

  @Test
  void doesNotRepeatAnAttemptWhoseOutcomeIsUnknownOrRefused() {
    var tries = new AtomicInteger();
    attempt(counting(tries, UNKNOWN));
    attempt(counting(tries, REFUSED));
    attempt(counting(tries, ACCEPTED));
    assertThat(tries).hasValue(3);
  }

  @Test
  void doesNotRepeatWhatThrewNorCountItAgainstTheRegion() {
    var tries = new AtomicInteger();
    IntStream.range(0, BREAKER_CALLS)
        .forEach(_ ->
            assertThatThrownBy(() ->
                    attempt(() -> {
                      tries.incrementAndGet();
                      throw new IllegalStateException("the database is away");
                    }))
                .hasMessage("the database is away"));
    assertThat(tries).hasValue(BREAKER_CALLS);
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void holdsAttemptsBackWhileTheRegionFails() {
    open();
    var tries = new AtomicInteger();
    assertThat(attempt(counting(tries, ACCEPTED)))
        .isInstanceOfSatisfying(
            NotExecuted.class,
            outcome -> {
              assertThat(outcome.reason()).isEqualTo(Reason.HELD_BACK);
              assertThat(outcome.message()).contains("us-west-2", "circuit breaker");
            });
    assertThat(tries).hasValue(0);
  }

  @Test
  void holdsNoRescueBackThoughTheRegionFails() {
    open();

    assertThat(adapter.changes.attempt(Adapter.ACCOUNT, Adapter.OREGON, FAILOVER, () -> ACCEPTED))
        .isEqualTo(ACCEPTED);

    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void holdsARescueBackWhileTheRegionHasTooManyCallsOpen() {
    var inner = new AtomicReference<CallOutcome>();

    attempt(() -> {
      inner.set(adapter.changes.attempt(Adapter.ACCOUNT, Adapter.OREGON, FAILOVER, () -> ACCEPTED));
      return ACCEPTED;
    });

    assertThat(inner.get())
        .isInstanceOfSatisfying(
            NotExecuted.class, outcome -> assertThat(outcome.reason()).isEqualTo(Reason.HELD_BACK));
  }

  @Test
  void takesARegionForUnreachableWhileItsBreakerIsOpenForThat() {
    IntStream.range(0, BREAKER_CALLS).forEach(_ -> adapter.describe());
    assertThat(adapter.describe())
        .isInstanceOfSatisfying(
            NotRead.class,
            read -> {
              assertThat(read.code()).isEqualTo("HeldBack");
              assertThat(read.reason()).isEqualTo(Reading.Reason.UNREACHABLE);
            });
  }

  @Test
  void saysNoMoreThanThatItIsHeldBackWhereTheRegionAnsweredBadly() throws IOException {
    try (var aws = FakeAws.answering(500, Answers.error("InternalFailure"));
        var reader =
            Adapter.to(aws.uri(), Adapter.properties(Duration.ofSeconds(5), 1, BREAKER_CALLS))) {
      IntStream.range(0, BREAKER_CALLS).forEach(_ -> reader.describe());
      assertThat(reader.describe())
          .isInstanceOfSatisfying(
              NotRead.class, read -> assertThat(read.reason()).isEqualTo(Reading.Reason.HELD_BACK));
    }
  }

  @Test
  void holdsBackNeitherAnotherRegionNorTheReads() {
    open();
    assertThat(
            adapter.changes.attempt(Adapter.ACCOUNT, Adapter.VIRGINIA, SWITCHOVER, () -> ACCEPTED))
        .isEqualTo(ACCEPTED);
    assertThat(adapter.describe())
        .isInstanceOfSatisfying(
            NotRead.class, read -> assertThat(read.reason()).isEqualTo(Reading.Reason.UNREACHABLE));
  }

  @Test
  void letsAttemptsThroughAgainAfterAWhile() {
    open();
    await().untilAsserted(() -> assertThat(attempt(() -> ACCEPTED)).isEqualTo(ACCEPTED));
    attempt(() -> ACCEPTED);
    attempt(() -> ACCEPTED);
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void staysHalfOpenAfterWhatTaughtNothing() {
    open();
    breaker().transitionToHalfOpenState();
    IntStream.range(0, 10).forEach(_ -> attempt(() -> notExecuted(Reason.TOO_LATE)));
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
  }

  @Test
  void countsNeitherRefusalsNorThrottlingAsFailures() {
    for (var call = 0; call < BREAKER_CALLS; call++) {
      attempt(() -> REFUSED);
      attempt(() -> notExecuted(Reason.THROTTLED));
    }
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"400, Throttling, CLOSED", "403, AccessDenied, CLOSED", "500, InternalFailure, OPEN"})
  void opensTheReadsForServerErrorsOnly(int status, String code, CircuitBreaker.State state)
      throws IOException {
    try (var aws = FakeAws.answering(status, Answers.error(code));
        var reader =
            Adapter.to(aws.uri(), Adapter.properties(Duration.ofSeconds(5), 1, BREAKER_CALLS))) {
      IntStream.range(0, BREAKER_CALLS).forEach(_ -> reader.describe());
      var breaker = reader.guards.breakers().circuitBreaker("123456789012/us-west-2/read");
      assertThat(breaker.getState()).isEqualTo(state);
    }
  }

  @Test
  void aSilentRegionDelaysNeitherItselfNorAnother()
      throws IOException, ExecutionException, InterruptedException {
    try (var aws = FakeAws.answering(RegionGuardTests::silentInOregon);
        var reader =
            Adapter.to(aws.uri(), Adapter.properties(Duration.ofSeconds(5), 1, BREAKER_CALLS))) {
      var waiting = new FutureTask<>(reader::describe);
      Thread.ofVirtual().start(waiting);
      await().until(() -> aws.requests().size() == 1);

      assertThat(reader.describe())
          .isInstanceOfSatisfying(
              NotRead.class,
              read -> {
                assertThat(read.reason()).isEqualTo(Reading.Reason.HELD_BACK);
                assertThat(read.message()).contains("us-west-2", "bulkhead");
              });
      assertThat(reader.reads.describe(Adapter.ACCOUNT, Adapter.VIRGINIA, Adapter.SESSIONS))
          .isInstanceOf(Seen.class);
      assertThat(waiting).isNotDone();
      aws.close();
      assertThat(waiting.get()).isInstanceOf(NotRead.class);
    }
  }

  @Test
  void soonStopsAskingARegionThatKeepsSilent() throws IOException {
    try (var aws = FakeAws.answering(RegionGuardTests::silentInOregon);
        var reader = Adapter.to(aws.uri(), Adapter.properties(Adapter.SHORT, 16, BREAKER_CALLS))) {
      IntStream.range(0, BREAKER_CALLS).forEach(_ -> reader.describe());

      assertThat(reader.describe())
          .isInstanceOfSatisfying(
              NotRead.class, read -> assertThat(read.reason()).isEqualTo(Reading.Reason.HELD_BACK));
      assertThat(aws.requests()).hasSize(BREAKER_CALLS);
    }
  }

  @Test
  void runsNoAttemptForAnotherAccountOrRegion() {
    var tries = new AtomicInteger();
    var other = new AccountId("999999999999");
    assertThat(
            adapter.changes.attempt(other, Adapter.OREGON, SWITCHOVER, counting(tries, ACCEPTED)))
        .isInstanceOf(NotExecuted.class);
    assertThat(
            adapter.changes.attempt(
                Adapter.ACCOUNT, new Region("ap-south-1"), SWITCHOVER, counting(tries, ACCEPTED)))
        .isInstanceOf(NotExecuted.class);
    assertThat(tries).hasValue(0);
  }

  private static Adapter adapterBy(AtomicLong nanos, URI endpoint) {
    var clock = new SendClock(InstantSource.system(), nanos::get);
    return Adapter.to(endpoint, Adapter.properties(), Adapter.anyCredentials(), clock);
  }

  private static FakeAws.Answer silentInOregon(FakeAws.Request request) {
    return request.region().equals("us-west-2")
        ? new FakeAws.Answer.Silence()
        : new FakeAws.Answer.Whole(200, Answers.page("", "ldgnf-sessions"));
  }

  private CallOutcome attempt(Supplier<CallOutcome> attempt) {
    return adapter.changes.attempt(Adapter.ACCOUNT, Adapter.OREGON, SWITCHOVER, attempt);
  }

  private void open() {
    IntStream.range(0, BREAKER_CALLS).forEach(_ -> attempt(() -> UNKNOWN));
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  private CircuitBreaker breaker() {
    return adapter.guards.breakers().circuitBreaker("123456789012/us-west-2/change");
  }

  private static CallOutcome notExecuted(Reason reason) {
    return new NotExecuted(reason, "Code", "message");
  }

  private static Supplier<CallOutcome> counting(AtomicInteger tries, CallOutcome outcome) {
    return () -> {
      tries.incrementAndGet();
      return outcome;
    };
  }
}
