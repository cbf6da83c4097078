package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.ReplicationLag.Known;
import dev.baton.globaldatastore.ReplicationLag.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegionLagsTests {
  private static final ReplicationGroupId SESSIONS = new ReplicationGroupId("sessions-usw2");
  private static final ReplicationGroupId CARTS = new ReplicationGroupId("carts-usw2");
  private static final ReplicationGroupId NEW = new ReplicationGroupId("new-usw2");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private final List<Set<ReplicationGroupId>> questions = new CopyOnWriteArrayList<>();
  private final CountDownLatch answered = new CountDownLatch(1);
  private final RegionLags lags =
      new RegionLags(
          this::answer,
          this::secondaries,
          new ReplicationLagProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), PATIENCE),
          () -> now.get());
  private volatile boolean silent;
  private volatile boolean broken;
  private volatile boolean withoutDatabase;
  private volatile ReplicationLag carts = new Unknown("no data");

  @Test
  void asksForAllSecondariesOfTheRegionAtOnce() {
    assertThat(lag(SESSIONS)).isInstanceOf(Known.class);
    assertThat(lag(CARTS)).isEqualTo(new Unknown("no data"));

    assertThat(questions).containsExactly(Set.of(SESSIONS, CARTS));
  }

  @Test
  void asksForTheOneThatIsWantedAndForWhatIsDueOnly() {
    lag(SESSIONS);
    pass(Duration.ofSeconds(30));

    lag(NEW);

    // nothing was known of carts, and that is due again sooner
    assertThat(questions).containsExactly(Set.of(SESSIONS, CARTS), Set.of(NEW, CARTS));
  }

  @Test
  void keepsAMeasurementForItsMinuteWithTheTimeItWasReadAt() {
    var first = lag(SESSIONS);
    pass(Duration.ofMillis(59_999));
    assertThat(lags.known(SESSIONS)).contains(first);
    assertThat(questions).hasSize(1);

    pass(Duration.ofMillis(1));

    assertThat(lag(SESSIONS))
        .isInstanceOfSatisfying(
            Known.class, known -> assertThat(known.readAt()).isEqualTo(now.get()));
    assertThat(questions).hasSize(2);
  }

  @Test
  void asksAgainWithoutLettingAnybodyWaitBeforeAMeasurementIsTooOld() {
    var first = lag(SESSIONS);
    pass(Duration.ofMillis(44_999));
    assertThat(lag(SESSIONS)).isEqualTo(first);
    assertThat(questions).hasSize(1);

    hold();
    pass(Duration.ofMillis(1));
    assertThat(lag(SESSIONS)).isEqualTo(first);
    assertThat(lag(SESSIONS)).isEqualTo(first);
    await().untilAsserted(() -> assertThat(questions).hasSize(2));

    answered.countDown();
    await()
        .untilAsserted(() ->
            assertThat(lags.known(SESSIONS))
                .containsInstanceOf(Known.class)
                .isNotEqualTo(Optional.of(first)));
    assertThat(questions).hasSize(2);
  }

  @Test
  void doesNotAskAheadForTenSecondsAfterItAskedInVain() {
    var first = lag(SESSIONS);
    pass(Duration.ofSeconds(45));
    silent = true;
    assertThat(lag(SESSIONS)).isEqualTo(first);
    await().untilAsserted(() -> assertThat(lags.known(NEW)).isPresent());

    pass(Duration.ofMillis(9_999));
    assertThat(lag(SESSIONS)).isEqualTo(first);
    assertThat(questions).hasSize(2);

    pass(Duration.ofMillis(1));
    assertThat(lag(SESSIONS)).isEqualTo(first);
    await().untilAsserted(() -> assertThat(questions).hasSize(3));
  }

  @Test
  void goesByWhatItKnowsWhileTheDatabaseIsAway() {
    var first = lag(SESSIONS);
    pass(Duration.ofSeconds(45));
    withoutDatabase = true;

    assertThat(lag(SESSIONS)).isEqualTo(first);
  }

  @Test
  void keepsNothingThatWasReadInTheFuture() {
    lag(SESSIONS);
    pass(Duration.ofSeconds(-1));

    lag(SESSIONS);

    assertThat(questions).hasSize(2);
  }

  @Test
  void asksAgainAfterTenSecondsForWhatWasUnknown() {
    lag(CARTS);
    carts = new Known(Duration.ofSeconds(1), now.get(), now.get());
    pass(Duration.ofMillis(9_999));
    assertThat(lag(CARTS)).isInstanceOf(Unknown.class);

    pass(Duration.ofMillis(1));

    assertThat(lag(CARTS)).isInstanceOf(Known.class);
    assertThat(questions).hasSize(2);
  }

  @Test
  void doesNotAskASilentCloudWatchAgainForTenSeconds() {
    silent = true;
    assertThat(lag(SESSIONS))
        .isEqualTo(new Unknown("CloudWatch can't be read: Timeout: it kept silent"));
    assertThat(lag(NEW)).isInstanceOf(Unknown.class);
    pass(Duration.ofMillis(9_999));
    assertThat(lag(CARTS)).isInstanceOf(Unknown.class);
    assertThat(questions).hasSize(1);
    silent = false;

    pass(Duration.ofMillis(1));

    assertThat(lag(SESSIONS)).isInstanceOf(Known.class);
    assertThat(questions).hasSize(2);
  }

  @Test
  void goesByWhatItKnowsWhileCloudWatchIsSilent() {
    lag(SESSIONS);
    silent = true;
    pass(Duration.ofSeconds(30));

    assertThat(lag(NEW)).isInstanceOf(Unknown.class);
    assertThat(lag(SESSIONS)).isInstanceOf(Known.class);
  }

  @Test
  void knowsNothingWhenItCouldNotEvenAsk() {
    broken = true;

    assertThat(lag(SESSIONS))
        .isEqualTo(new Unknown("Baton could not ask for it: IllegalStateException"));
  }

  @Test
  void doesNotTakeADatabaseThatIsAwayForALagThatIsUnknown() {
    withoutDatabase = true;
    assertThatThrownBy(() -> lag(SESSIONS)).hasMessage("the database is away");

    withoutDatabase = false;

    assertThat(lag(SESSIONS)).isInstanceOf(Known.class);
  }

  @Test
  void doesNotAskWhereOnlyWhatIsKnownIsWanted() {
    assertThat(lags.known(SESSIONS)).isEmpty();
    assertThat(questions).isEmpty();
  }

  @Test
  void asksOnceForAllWhoAskAtTheSameTime() throws Exception {
    try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
      hold();
      var answers =
          IntStream.range(0, 50)
              .mapToObj(_ -> askers.submit((Callable<ReplicationLag>) () -> lag(SESSIONS)))
              .toList();
      await().until(() -> !questions.isEmpty());
      answered.countDown();

      for (var answer : answers) {
        assertThat(answer.get()).isInstanceOf(Known.class);
      }
      assertThat(questions).hasSize(1);
    }
  }

  @Test
  void doesNotWaitLongerThanItIsPatientAndLeavesTheAnswerToTheNext() {
    hold();

    assertThat(lags.lag(SESSIONS, SHORT))
        .isEqualTo(new Unknown("CloudWatch did not answer within PT0.05S"));
    assertThat(lags.lag(SESSIONS, SHORT)).isInstanceOf(Unknown.class);

    answered.countDown();
    await().until(() -> lags.known(SESSIONS).isPresent());
    assertThat(questions).hasSize(1);
  }

  private Set<ReplicationGroupId> secondaries() {
    if (withoutDatabase) {
      throw new IllegalStateException("the database is away");
    }
    return Set.of(SESSIONS, CARTS);
  }

  private volatile boolean held;

  private void hold() {
    held = true;
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private ReplicationLag lag(ReplicationGroupId secondary) {
    return lags.lag(secondary, PATIENCE);
  }

  private Reading<Map<ReplicationGroupId, ReplicationLag>> answer(
      Set<ReplicationGroupId> secondaries) {
    questions.add(secondaries);
    if (broken) {
      throw new IllegalStateException("broken");
    }
    if (held) {
      awaitAnswer();
    }
    if (silent) {
      return new Reading.NotRead<>(Reading.Reason.DARK, "Timeout", "it kept silent");
    }
    return new Reading.Seen<>(
        secondaries.stream().collect(Collectors.toMap(one -> one, this::measured)), now.get());
  }

  private ReplicationLag measured(ReplicationGroupId secondary) {
    return secondary.equals(CARTS)
        ? carts
        : new Known(Duration.ofMillis(400), now.get().minusSeconds(60), now.get());
  }

  private void awaitAnswer() {
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
