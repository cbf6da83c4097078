package dev.baton.failover;

import static dev.baton.failover.Scenes.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.FailoverStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.util.ReflectionTestUtils;

class FailoverExplanationTests {

  @ParameterizedTest
  @EnumSource(FailoverStatus.class)
  void explainsEveryStatusInSentences(FailoverStatus status) {
    assertThat(FailoverExplanation.of(in(status)))
        .matches("[A-Za-z].*\\.")
        .doesNotContain("null", "Optional", "..", " .");
  }

  @Test
  void saysSomethingElseOfEachStatus() {
    var texts = new EnumMap<FailoverStatus, String>(FailoverStatus.class);
    for (var status : FailoverStatus.values()) {
      texts.put(status, FailoverExplanation.of(in(status)));
    }

    assertThat(texts.values()).doesNotHaveDuplicates();
  }

  @Test
  void saysUntilWhenItTriesAndWhatPreventsIt() {
    var failover = FailoverTests.requested();
    failover.waits("AWS can't be read", at(5));

    assertThat(FailoverExplanation.of(failover))
        .isEqualTo(
            "It isn't sent yet: AWS can't be read. Baton tries until 2026-01-31T12:15:00Z, then it"
                + " expires.");
  }

  @Test
  void endsWithWhatAwsShowed() {
    var failover = FailoverTests.switching();
    failover.promotionStarted("AWS accepted the call", at(2));
    failover.observed(Scenes.evidence(Scenes.promotedDatastore(), 3), at(3));

    assertThat(FailoverExplanation.of(failover))
        .endsWith(
            " Since 2026-01-31T12:00:03Z, eu-west-1 has shown status available and the primary in"
                + " eu-west-1.");
  }

  /** A failover with one call behind it, put into the status whatever the way there is. */
  private static Failover in(FailoverStatus status) {
    var failover = FailoverTests.switching();
    Stream.of(Map.entry("status", status), Map.entry("cause", "something happened"))
        .forEach(field -> ReflectionTestUtils.setField(failover, field.getKey(), field.getValue()));
    return failover;
  }
}
