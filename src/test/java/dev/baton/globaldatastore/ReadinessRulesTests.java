package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessScenes.IRELAND;
import static dev.baton.globaldatastore.ReadinessScenes.MOST_LAG;
import static dev.baton.globaldatastore.ReadinessScenes.NOON;
import static dev.baton.globaldatastore.ReadinessScenes.OREGON;
import static dev.baton.globaldatastore.ReadinessScenes.SILENCE;
import static dev.baton.globaldatastore.ReadinessScenes.VIRGINIA;
import static dev.baton.globaldatastore.ReadinessScenes.automaticFailover;
import static dev.baton.globaldatastore.ReadinessScenes.healthy;
import static dev.baton.globaldatastore.ReadinessScenes.member;
import static dev.baton.globaldatastore.ReadinessScenes.memberStatus;
import static dev.baton.globaldatastore.ReadinessScenes.role;
import static dev.baton.globaldatastore.ReadinessScenes.standing;
import static dev.baton.globaldatastore.ReadinessScenes.status;
import static dev.baton.globaldatastore.ReadinessScenes.version;
import static dev.baton.globaldatastore.ReadinessScenes.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessRulesTests {
  private static final Duration JUST_TOO_LONG = SILENCE.plusMillis(1);

  @Test
  void isReadyWhereNothingStandsAgainstIt() {
    assertThat(healthy().judged()).isEqualTo(new Readiness(ReadinessLevel.READY, List.of()));
  }

  @Test
  void namesEveryReasonTheWorstFirst() {
    var scene =
        healthy()
            .lagging(MOST_LAG.plusMillis(1))
            .shown(status("modifying"))
            .shown(member(OREGON, automaticFailover("disabled")))
            .answered(VIRGINIA, JUST_TOO_LONG);

    assertThat(scene.judged().level()).isEqualTo(ReadinessLevel.BLOCKED);
    assertThat(scene.reasons())
        .containsExactly(
            "BLOCKED STATUS",
            "ATTENTION PRIMARY_REGION_SILENT",
            "ATTENTION LAG",
            "ATTENTION AUTOMATIC_FAILOVER");
  }

  @Test
  void isBlockedOnceTheTargetsRegionHasBeenSilentForTooLong() {
    assertThat(healthy().answered(OREGON, SILENCE).reasons()).isEmpty();
    var silent = healthy().answered(OREGON, JUST_TOO_LONG);
    assertThat(silent.reasons()).containsExactly("BLOCKED REGION_SILENT");
    assertThat(silent.explanation(ReadinessCode.REGION_SILENT))
        .startsWith("us-west-2 has not shown this Global datastore since 2026-01-31T11:58:49.999Z");
  }

  @Test
  void givesTheTargetsRegionTimeToShowWhatIsNew() {
    var never = healthy().neverAnswered(OREGON);

    assertThat(never.since(SILENCE).reasons()).containsExactly("ATTENTION REGION_SILENT");
    assertThat(never.since(JUST_TOO_LONG).reasons()).containsExactly("BLOCKED REGION_SILENT");
  }

  @Test
  void needsAttentionOnceThePrimarysRegionHasBeenSilentForTooLong() {
    assertThat(healthy().answered(VIRGINIA, SILENCE).reasons()).isEmpty();
    assertThat(healthy().answered(VIRGINIA, JUST_TOO_LONG).reasons())
        .containsExactly("ATTENTION PRIMARY_REGION_SILENT");
    assertThat(healthy().neverAnswered(VIRGINIA).reasons())
        .containsExactly("ATTENTION PRIMARY_REGION_SILENT");
  }

  @Test
  void doesNotMindTheSilenceOfAThirdRegion() {
    assertThat(healthy().answered(IRELAND, JUST_TOO_LONG).reasons()).isEmpty();
    assertThat(healthy().neverAnswered(IRELAND).reasons()).isEmpty();
  }

  @Test
  void goesByTheYoungestViewWhileTheTargetsRegionIsSilent() {
    var scene =
        healthy()
            .answered(OREGON, JUST_TOO_LONG)
            .shownFrom(OREGON, status("modifying"))
            .answered(IRELAND, Duration.ofSeconds(1))
            .shownFrom(IRELAND, status("deleting"));

    assertThat(scene.reasons()).containsExactly("BLOCKED REGION_SILENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"modifying", "creating", "primary-only", "a word AWS invents", ""})
  void isBlockedUnlessTheGlobalDatastoreIsAvailable(String word) {
    assertThat(healthy().shown(status(word)).reasons()).containsExactly("BLOCKED STATUS");
    assertThat(healthy().shown(status("Available")).reasons()).isEmpty();
  }

  @Test
  void isBlockedWithoutASinglePrimary() {
    var none = healthy().shown(member(VIRGINIA, role("SECONDARY")));
    assertThat(none.reasons()).containsExactly("BLOCKED ROLES");
    assertThat(none.explanation(ReadinessCode.ROLES)).startsWith("AWS shows no primary");

    var two = healthy().shown(member(IRELAND, role("PRIMARY")));
    assertThat(two.reasons()).containsExactly("BLOCKED ROLES");
    assertThat(two.explanation(ReadinessCode.ROLES)).contains("us-east-1, eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WITNESS", ""})
  void isBlockedUnlessTheTargetIsASecondary(String word) {
    assertThat(healthy().shown(member(OREGON, role(word))).reasons())
        .containsExactly("BLOCKED ROLES");
    assertThat(healthy().shown(member(OREGON, role("secondary"))).reasons()).isEmpty();
  }

  @Test
  void isBlockedWhereTheTargetIsPrimaryAlready() {
    var scene =
        healthy().shown(member(VIRGINIA, role("SECONDARY"))).shown(member(OREGON, role("PRIMARY")));

    assertThat(scene.reasons()).containsExactly("BLOCKED ROLES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"associating", "disassociating", ""})
  void isBlockedUnlessTheTargetIsAssociated(String word) {
    assertThat(healthy().shown(member(OREGON, memberStatus(word))).reasons())
        .containsExactly("BLOCKED MEMBER");
    assertThat(healthy().shown(member(OREGON, memberStatus("ASSOCIATED"))).reasons()).isEmpty();
  }

  @Test
  void isBlockedWhereTheTargetIsNoMember() {
    var scene = healthy().shown(without(OREGON));

    assertThat(scene.reasons()).containsExactly("BLOCKED MEMBER");
    assertThat(scene.explanation(ReadinessCode.MEMBER)).contains("only in us-east-1, eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "eu-west-1"})
  void needsAttentionWhileAnotherMemberIsNotAssociated(String region) {
    var scene = healthy().shown(member(new Region(region), memberStatus("associating")));

    assertThat(scene.reasons()).containsExactly("ATTENTION OTHER_MEMBER");
    assertThat(scene.explanation(ReadinessCode.OTHER_MEMBER)).contains(region, "associating");
  }

  @Test
  void needsAttentionWhileTheTwoRegionsContradictOneAnother() {
    var scene =
        healthy()
            .shownFrom(VIRGINIA, member(VIRGINIA, role("SECONDARY")))
            .shownFrom(VIRGINIA, member(IRELAND, role("PRIMARY")));

    assertThat(scene.reasons()).containsExactly("ATTENTION VIEWS_DIFFER");
    assertThat(scene.explanation(ReadinessCode.VIEWS_DIFFER))
        .startsWith("us-west-2 shows status available and eu-west-1 SECONDARY associated")
        .contains("but us-east-1 shows status available and eu-west-1 PRIMARY associated");
    assertThat(healthy().shownFrom(VIRGINIA, status("modifying")).reasons())
        .containsExactly("ATTENTION VIEWS_DIFFER");
  }

  @Test
  void doesNotMindWhatASilentRegionShowedLast() {
    assertThat(
            healthy()
                .answered(VIRGINIA, JUST_TOO_LONG)
                .shownFrom(VIRGINIA, status("modifying"))
                .reasons())
        .containsExactly("ATTENTION PRIMARY_REGION_SILENT");
  }

  @Test
  void needsAttentionWhereTheTargetIsTooFarBehind() {
    assertThat(healthy().lagging(MOST_LAG).reasons()).isEmpty();
    var behind = healthy().lagging(MOST_LAG.plusMillis(1));
    assertThat(behind.reasons()).containsExactly("ATTENTION LAG");
    assertThat(behind.explanation(ReadinessCode.LAG))
        .startsWith("us-west-2 was 5.001 s behind at 2026-01-31T12:00:00Z, more than 5 s");
  }

  @Test
  void neverTakesAnUnknownLagForNone() {
    var scene = healthy().lagging(new ReplicationLag.Unknown("nobody measured it"));

    assertThat(scene.reasons()).containsExactly("ATTENTION LAG");
    assertThat(scene.explanation(ReadinessCode.LAG))
        .isEqualTo("How far us-west-2 is behind is not known: nobody measured it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "enabling", "disabling", ""})
  void needsAttentionUnlessAutomaticFailoverIsEnabled(String state) {
    assertThat(healthy().shown(member(OREGON, automaticFailover(state))).reasons())
        .containsExactly("ATTENTION AUTOMATIC_FAILOVER");
    assertThat(healthy().shown(member(VIRGINIA, automaticFailover(state))).reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "redis, cache.r7g.large, ENGINE",
    "valkey, cache.t4g.small, NODE_TYPE",
  })
  void needsAttentionWhereTheTargetIsOfAnotherKind(String engine, String nodeType, String code) {
    var scene = healthy().standing(OREGON, Optional.of(standing(OREGON, engine, nodeType)));

    assertThat(scene.reasons()).containsExactly("ATTENTION " + code);
  }

  @Test
  void comparesTheTargetWithThePrimaryToo() {
    var scene =
        healthy()
            .standing(VIRGINIA, Optional.of(standing(VIRGINIA, "valkey", "cache.r7g.4xlarge")));

    assertThat(scene.reasons()).containsExactly("ATTENTION NODE_TYPE");
    assertThat(scene.explanation(ReadinessCode.NODE_TYPE))
        .contains("are cache.r7g.large, not cache.r7g.4xlarge");
  }

  @Test
  void comparesNothingWithWhatAwsLeavesOut() {
    assertThat(healthy().standing(OREGON, Optional.of(standing(OREGON, "", ""))).reasons())
        .isEmpty();
    assertThat(healthy().standing(VIRGINIA, Optional.empty()).reasons()).isEmpty();
  }

  @Test
  void needsAttentionWhereNobodyKnowsTheTargetsKind() {
    assertThat(healthy().standing(OREGON, Optional.empty()).reasons())
        .containsExactly("ATTENTION GROUP_UNKNOWN");
  }

  @Test
  void needsAttentionWhereTheRegionsShowDifferentVersions() {
    var scene = healthy().shownFrom(VIRGINIA, version("8.1"));

    assertThat(scene.reasons()).containsExactly("ATTENTION ENGINE");
    assertThat(scene.explanation(ReadinessCode.ENGINE)).contains("8.0", "us-east-1 shows 8.1");
    assertThat(scene.answered(VIRGINIA, JUST_TOO_LONG).reasons())
        .containsExactly("ATTENTION PRIMARY_REGION_SILENT");
  }

  @ParameterizedTest
  @EnumSource
  void needsAttentionAfterAFailoverThatDidNotSucceed(LastFailover.Outcome outcome) {
    var id = UUID.fromString("00000000-0000-4000-8000-000000000001");
    var scene = healthy().after(new LastFailover(id, IRELAND, "SOMEHOW", outcome, NOON));

    if (outcome == LastFailover.Outcome.SUCCEEDED) {
      assertThat(scene.reasons()).isEmpty();
    } else {
      assertThat(scene.reasons()).containsExactly("ATTENTION LAST_FAILOVER");
      assertThat(scene.explanation(ReadinessCode.LAST_FAILOVER))
          .contains(id.toString(), "eu-west-1", "SOMEHOW", "2026-01-31T12:00:00Z");
    }
  }

  @Test
  void speaksInSentences() {
    var scene =
        healthy()
            .answered(OREGON, JUST_TOO_LONG)
            .shown(status("modifying"))
            .shown(without(OREGON))
            .lagging(new ReplicationLag.Unknown("nobody measured it"));

    assertThat(scene.judged().reasons())
        .hasSize(4)
        .allSatisfy(reason -> assertThat(reason.explanation()).matches("(?s)[^.].*[^.]\\."));
  }
}
