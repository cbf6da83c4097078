package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessReason.attention;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ReadinessJudge.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptReadinessTests {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Readiness BEHIND = Readiness.of(List.of(lag("7 s")));
  private static final KeptReadiness KEPT =
      KeptReadiness.first(
          new Target(new GlobalDatastoreId("ldgnf-carts"), new Region("us-west-2")), BEHIND, NOON);

  @Test
  void lastsAsLongAsLevelAndCodesAreTheSame() {
    var again = KEPT.judgedAgain(Readiness.of(List.of(lag("8 s"))), LATER);

    assertThat(again.since()).isEqualTo(NOON);
    assertThat(again.judgedAt()).isEqualTo(LATER);
    assertThat(again.readiness().reasons().getFirst().explanation()).isEqualTo("8 s");
  }

  @Test
  void beginsAnewWithAnotherCodeOrLevel() {
    assertThat(KEPT.judgedAgain(Readiness.of(List.of()), LATER).since()).isEqualTo(LATER);
    var other = Readiness.of(List.of(attention(ReadinessCode.ENGINE, "7 s")));
    assertThat(KEPT.judgedAgain(other, LATER).since()).isEqualTo(LATER);
    var blocked = Readiness.of(List.of(ReadinessReason.blocked(ReadinessCode.LAG, "7 s")));
    assertThat(KEPT.judgedAgain(blocked, LATER).since()).isEqualTo(LATER);
  }

  @Test
  void staysUntouchedUntilItSaysSomethingElseOrIsTooOld() {
    assertThat(KEPT.isGoodFor(BEHIND, MINUTE, NOON.plus(MINUTE).minusMillis(1))).isTrue();
    assertThat(KEPT.isGoodFor(BEHIND, MINUTE, NOON.plus(MINUTE))).isFalse();
    assertThat(KEPT.isGoodFor(Readiness.of(List.of(lag("8 s"))), MINUTE, LATER)).isFalse();
  }

  private static ReadinessReason lag(String words) {
    return attention(ReadinessCode.LAG, words);
  }
}
