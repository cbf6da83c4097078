package dev.baton.policy;

import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.lagging;
import static dev.baton.policy.Requests.promotedBefore;
import static dev.baton.policy.Requests.switchover;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class ShippedPolicyTests {
  private PolicyDocument document;
  private Policy policy;

  @BeforeEach
  void readIt() throws IOException {
    document =
        PolicyDocument.read(
            new ClassPathResource("policy.yaml").getContentAsString(StandardCharsets.UTF_8),
            "the shipped one");
    policy = new PolicySet(List.of(document));
  }

  @Test
  void shutsNoWayOut() {
    assertThat(PolicyWarnings.of(List.of(document), NOW)).isEmpty();
  }

  @Test
  void letsAFailoverPassRightAfterAPromotionButNoSwitchover() {
    var justNow = promotedBefore(Duration.ZERO);
    assertThat(policy.evaluate(failover(), justNow).outcome()).isEqualTo(DecisionOutcome.PASSED);
    assertThat(policy.evaluate(switchover(), justNow).refusals())
        .extracting(RuleResult::rule)
        .containsExactly("cool-down");
    assertThat(policy.evaluate(switchover(), promotedBefore(Duration.ofMinutes(10))).isAllowed())
        .isTrue();
  }

  @Test
  void bindsOnlySwitchoversToTheLag() {
    var unknown = lagging(new TargetLag.Unknown(OREGON, "nobody looked"));
    assertThat(policy.evaluate(switchover(), unknown).refusals())
        .extracting(RuleResult::rule)
        .containsExactly("max-replication-lag");
    assertThat(policy.evaluate(failover(), unknown).isAllowed()).isTrue();
    assertThat(policy.looksAt(failover())).isEmpty();
  }
}
