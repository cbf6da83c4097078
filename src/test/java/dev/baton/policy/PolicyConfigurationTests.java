package dev.baton.policy;

import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.lagging;
import static dev.baton.policy.Requests.promotedBefore;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

@ExtendWith(OutputCaptureExtension.class)
class PolicyConfigurationTests {
  private static final String RESCUES_ONLY =
      text("- name: rescues-only\n  allowedModes: [FAILOVER]\n");

  @TempDir Path directory;
  private Path file;
  private ApplicationContextRunner withFile;

  @BeforeEach
  void keepThePolicyInAFile() {
    file = directory.resolve("policy.yaml");
    withFile = baton().withPropertyValues("baton.policy.location=" + file.toUri());
  }

  @Test
  void shipsAPolicyThatLetsAFailoverPassRightAfterAPromotion() {
    baton()
        .run(context -> {
          var policies = context.getBean(Policies.class);
          var justNow = promotedBefore(Duration.ZERO);
          assertThat(policies.evaluate(failover(), justNow).outcome())
              .isEqualTo(DecisionOutcome.PASSED);
          assertThat(policies.evaluate(switchover(), justNow).refusals())
              .extracting(RuleResult::rule, RuleResult::policy, RuleResult::version)
              .containsExactly(tuple("cool-down", "default", 1));
          assertThat(
                  policies.evaluate(switchover(), promotedBefore(Duration.ofMinutes(10))).outcome()
                      == DecisionOutcome.REFUSED)
              .isFalse();
        });
  }

  @Test
  void warnsOfAPolicyUnderWhichNoRescuePasses(CapturedOutput output) throws IOException {
    Files.writeString(file, text("- name: no-rescue\n  allowedModes: [SWITCHOVER]\n"));
    withFile.run(context ->
        assertThat(output)
            .contains("Every FAILOVER would be refused", "rule strict/no-rescue", file.toString()));
  }

  @Test
  void warnsOfNothingWhatItShips(CapturedOutput output) {
    baton().run(context -> assertThat(output).doesNotContain("would be refused"));
  }

  @Test
  void shipsAPolicyThatBindsOnlySwitchoversToTheLag() {
    baton()
        .run(context -> {
          var policies = context.getBean(Policies.class);
          var unknown = lagging(new TargetLag.Unknown(OREGON, "nobody looked"));
          assertThat(policies.evaluate(switchover(), unknown).refusals())
              .extracting(RuleResult::rule)
              .containsExactly("max-replication-lag");
          assertThat(policies.evaluate(failover(), unknown).outcome() == DecisionOutcome.REFUSED)
              .isFalse();
          assertThat(policies.looksAt(failover())).isEmpty();
        });
  }

  @Test
  void loadsTheDocumentThatTheLocationNames() throws IOException {
    Files.writeString(file, RESCUES_ONLY);
    withFile.run(context ->
        assertThat(
                context
                    .getBean(Policies.class)
                    .evaluate(switchover(), promotedBefore(Duration.ZERO))
                    .refusals())
            .extracting(RuleResult::rule)
            .containsExactly("rescues-only"));
  }

  @Test
  void stopsTheStartOnAWrongDocumentAndSaysWhy() throws IOException {
    Files.writeString(file, text("- name: one\n  coolDown: soon\n"));
    withFile.run(context -> {
      assertThat(context).hasFailed();
      assertThat(analysis(context.getStartupFailure()))
          .contains(file.toString())
          .contains("rules[0].coolDown (line 6)")
          .contains("baton.policy.location");
    });
  }

  @Test
  void stopsTheStartWhereThereIsNoDocument() {
    withFile.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOf(InvalidPolicyException.class)
            .hasMessageContaining("the document (line 1): must be readable, but is not: "));
  }

  @Test
  void takesADocumentOf256KibibytesAndNoneAbove() throws IOException {
    var padded = RESCUES_ONLY + "#".repeat(256 * 1024 - RESCUES_ONLY.length());
    Files.writeString(file, padded);
    withFile.run(context -> assertThat(context).hasNotFailed());
    Files.writeString(file, padded + "#");
    withFile.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining(
                "the document (line 1): must have at most 262144 bytes (256 KiB), but has more"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Files.write(file, new byte[] {'a', (byte) 0xff});
    withFile.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("must be UTF-8 text, but holds bytes that aren't"));
  }

  private static String analysis(Throwable failure) {
    // Boot's own analyzers want a bean factory in their constructors; they aren't asked here.
    var analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, FailureHandler.handleMessage((_, _) -> {}))
            .stream()
            .filter(InvalidPolicyFailureAnalyzer.class::isInstance)
            .toList();
    assertThat(analyzers).hasSize(1);
    var analysis = analyzers.getFirst().analyze(failure);
    assertThat(analysis).isNotNull();
    return analysis.getDescription() + analysis.getAction();
  }

  private static ApplicationContextRunner baton() {
    return new ApplicationContextRunner()
        .withBean(InstantSource.class, InstantSource::system)
        .withUserConfiguration(PolicyConfiguration.class);
  }
}
