package dev.baton.policy;

import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.at;
import static dev.baton.policy.Requests.judged;
import static dev.baton.policy.Requests.lagging;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.switchover;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReadinessLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Baton itself demands of whoever takes a failover back, whatever the policies say. */
class FailbackRulesTests {
  private static final PolicySet NO_POLICY = new PolicySet(List.of());
  private static final Instant SOAKED = NOW.plusSeconds(60);

  @Test
  void letsPassWhatIsSoaked() {
    var failback = failback(Optional.of(SOAKED));
    assertThat(refusing(failback, at(SOAKED.minusMillis(1)))).containsExactly("soak");
    assertThat(refusing(failback, at(SOAKED))).isEmpty();
    assertThat(refusing(failback(Optional.empty()), neverPromoted())).isEmpty();
  }

  @Test
  void saysWhenItWillBeSoaked() {
    var soak = NO_POLICY.evaluate(failback(Optional.of(SOAKED)), at(NOW)).refusals().getFirst();
    assertThat(soak.policy()).isEqualTo("failback");
    assertThat(soak.remedy())
        .isEqualTo(
            "Ask again at %1$s or later, or ask now with scheduledFor: \"%1$s\"."
                .formatted(SOAKED));
  }

  @Test
  void demandsAReadyTargetThatIsNotFarBehind() {
    var failback = failback(Optional.empty());
    assertThat(
            refusing(
                failback, lagging(new TargetLag.Measured(OREGON, Duration.ofSeconds(30), NOW))))
        .isEmpty();
    assertThat(
            refusing(
                failback, lagging(new TargetLag.Measured(OREGON, Duration.ofMillis(30_001), NOW))))
        .containsExactly("replication-lag");
    assertThat(refusing(failback, lagging(new TargetLag.Unknown(OREGON, "no metric"))))
        .containsExactly("replication-lag");
    assertThat(refusing(failback, judged(readiness(ReadinessLevel.ATTENTION)))).isEmpty();
    assertThat(refusing(failback, judged(readiness(ReadinessLevel.BLOCKED))))
        .containsExactly("readiness");
  }

  @Test
  void doesNotLetARescueWaitForADarkRegion() {
    var rescue = failback(Optional.empty()).with(FailoverMode.FAILOVER);
    assertThat(refusing(rescue, lagging(new TargetLag.Unknown(OREGON, "no metric")))).isEmpty();
    assertThat(refusing(rescue, judged(readiness(ReadinessLevel.BLOCKED)))).isEmpty();
  }

  @Test
  void concernsNothingElse() {
    assertThat(NO_POLICY.evaluate(switchover(), neverPromoted()).rules()).isEmpty();
    assertThat(NO_POLICY.looksAt(switchover())).isEmpty();
    assertThat(NO_POLICY.looksAt(failback(Optional.empty())))
        .containsExactlyInAnyOrder(Fact.LAG, Fact.READINESS);
  }

  private static PolicyRequest failback(Optional<Instant> soaksUntil) {
    return switchover(Optional.empty(), Optional.of(new Failback(soaksUntil)));
  }

  private static TargetReadiness readiness(ReadinessLevel level) {
    return new TargetReadiness.Judged(OREGON, level, List.of("a reason"));
  }

  private static List<String> refusing(PolicyRequest request, PolicyFacts facts) {
    return NO_POLICY.evaluate(request, facts).refusals().stream().map(RuleResult::rule).toList();
  }
}
