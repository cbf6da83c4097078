package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

class SendFenceTests {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant SEND_BEFORE = NOON.plusSeconds(5);

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final SendClock clock = new SendClock(wall::get, nanos::get);

  @Test
  void letsACallLeaveInTime() throws IOException {
    assertThat(failOverWhile(() -> pass(Duration.ofMillis(4_999)), 1)).isInstanceOf(Accepted.class);
  }

  @Test
  void refusesACallThatIsAlreadyLate() throws IOException {
    wall.set(SEND_BEFORE);
    assertThat(failOverWhile(() -> {}, 0)).satisfies(SendFenceTests::isTooLate);
  }

  @Test
  void refusesByTheWallClockWhenCredentialsTookTooLong() throws IOException {
    assertThat(failOverWhile(() -> wall.set(SEND_BEFORE), 0)).satisfies(SendFenceTests::isTooLate);
  }

  @Test
  void refusesByTheMonotonicClockWhenTheWallClockWasSetBack() throws IOException {
    assertThat(
            failOverWhile(
                () -> {
                  wall.set(NOON.minusSeconds(3_600));
                  nanos.addAndGet(Duration.ofSeconds(5).toNanos());
                },
                0))
        .satisfies(SendFenceTests::isTooLate);
  }

  @Test
  void permitsASecondSendingToNobody() {
    var transmission = new Transmission(SEND_BEFORE, clock);
    transmission.begin();
    assertThatThrownBy(transmission::begin).isInstanceOf(SendRefusedException.class);
    assertThat(transmission.state()).isEqualTo(Transmission.State.BEGUN);
  }

  @Test
  void sendsNothingWithoutCredentials() throws IOException {
    assertThat(
            failOverWhile(
                () -> {
                  throw new IllegalStateException("secret");
                },
                0))
        .isInstanceOfSatisfying(
            NotExecuted.class,
            outcome -> {
              assertThat(outcome.reason()).isEqualTo(Reason.NO_CREDENTIALS);
              assertThat(outcome.message())
                  .contains("AWS_ACCESS_KEY_ID", "IllegalStateException")
                  .doesNotContain("secret");
            });
  }

  @Test
  void doesNotWaitForCredentialsForEver() throws IOException {
    var never = new CountDownLatch(1);
    assertThat(failOverWhile(() -> awaitQuietly(never), 0))
        .isInstanceOfSatisfying(
            NotExecuted.class,
            outcome -> assertThat(outcome.reason()).isEqualTo(Reason.NO_CREDENTIALS));
  }

  private CallOutcome failOverWhile(Runnable credentialsCome, int requests) throws IOException {
    AwsCredentialsProvider credentials =
        () -> {
          credentialsCome.run();
          return Adapter.anyCredentials().resolveCredentials();
        };
    try (var aws = FakeAws.answering(200, Answers.failoverAccepted());
        var adapter = Adapter.to(aws.uri(), Adapter.properties(), credentials, clock)) {
      var outcome = adapter.changes.failOver(Adapter.call(SEND_BEFORE));
      assertThat(aws.requests()).hasSize(requests);
      return outcome;
    }
  }

  private void pass(Duration time) {
    wall.updateAndGet(now -> now.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  private static void isTooLate(CallOutcome outcome) {
    assertThat(outcome)
        .isEqualTo(
            new NotExecuted(
                Reason.TOO_LATE,
                "SendBefore",
                "not sent: it had to be sent before " + SEND_BEFORE));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
