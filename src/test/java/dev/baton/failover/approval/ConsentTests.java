package dev.baton.failover.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Groups;
import dev.baton.failover.approval.Consent.Standing;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.Approver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may agree to what, and what that is worth later. */
class ConsentTests {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final ApprovalDemand TWO_LEADS = demand("leads", 2, Duration.ofHours(1));
  private static final ApprovalDemand ONE_DBA = demand("dba", 1, Duration.ofMinutes(30));

  @Test
  void waitsForTheShortestTimeThatIsDemanded() {
    assertThat(asked(TWO_LEADS, ONE_DBA).before()).contains(NOW.plus(Duration.ofMinutes(30)));
    assertThat(Consent.NONE.before()).isEmpty();
    assertThat(Consent.NONE.asking(List.of(), NOW).before()).isEmpty();
  }

  @Test
  void awaitsWhatIsNotMet() {
    var once = approved(asked(TWO_LEADS, ONE_DBA), "bob", "leads", "dba");
    assertThat(once.awaited("alice"))
        .extracting(ApprovalDemand::rule, ApprovalDemand::given)
        .containsExactly(tuple("leads", 1));
    assertThat(approved(once, "erin", "leads").awaited("alice")).isEmpty();
    assertThat(approved(once, "erin", "others").awaited("alice")).hasSize(1);
    assertThat(approved(once, "alice", "leads").awaited("alice")).hasSize(1);
  }

  @Test
  void asksWhoeverIsInAGroupThatIsMissing() {
    var consent = approved(asked(TWO_LEADS, ONE_DBA), "bob", "dba");
    assertThat(consent.standing(caller("erin", "leads", "others"), "alice"))
        .isEqualTo(new Standing.Asked(Set.of("leads", "others")));
    assertThat(consent.standing(caller("erin", "dba"), "alice"))
        .as("their demand is met")
        .isEqualTo(new Standing.Stranger(consent.awaited("alice")));
    assertThat(consent.standing(caller("erin"), "alice")).isInstanceOf(Standing.Stranger.class);
    assertThat(consent.standing(caller("bob", "leads"), "alice"))
        .isEqualTo(new Standing.HasApproved());
  }

  @Test
  void neverAsksTheRequesterWhateverTokenTheyUse() {
    var token =
        new Caller(
            new Actor("deploy-token", Actor.Kind.SERVICE),
            Set.of(),
            new Groups.Known(Set.of("leads")),
            "alice");
    assertThat(asked(TWO_LEADS).standing(token, "alice")).isEqualTo(new Standing.Requester());
    assertThat(asked(TWO_LEADS).standing(caller("alice", "leads"), "alice"))
        .isEqualTo(new Standing.Requester());
  }

  @Test
  void asksNobodyWhoseGroupsAreNotKnown() {
    var unknown =
        new Caller(
            new Actor("bob", Actor.Kind.PERSON),
            Set.of(),
            new Groups.Unknown("the token has no claim groups"),
            "bob");
    assertThat(asked(TWO_LEADS).standing(unknown, "alice"))
        .isEqualTo(new Standing.Stranger(List.of(TWO_LEADS)));
  }

  @Test
  void letsWhoeverApprovedBeforeItLapsedApproveAgain() {
    var lapsed = approved(asked(TWO_LEADS), "bob", "leads").lapsed("it moved", LATER);
    assertThat(lapsed.approvers()).isEmpty();
    assertThat(lapsed.given().getFirst().lapse()).contains(new Approval.Lapse(LATER, "it moved"));
    assertThat(lapsed.standing(caller("bob", "leads"), "alice")).isInstanceOf(Standing.Asked.class);
    var again = lapsed.lapsed("it moved again", LATER.plusSeconds(1));
    assertThat(again.given().getFirst().lapse())
        .as("the first reason stays")
        .contains(new Approval.Lapse(LATER, "it moved"));
    assertThat(approved(again, "bob", "leads").approvers())
        .containsExactly(new Approver("bob", Set.of("leads")));
  }

  @Test
  void keepsApprovalsWhereNoMoreIsDemanded() {
    var once = approved(asked(TWO_LEADS, ONE_DBA), "bob", "leads");
    var fewer = once.facing(List.of(TWO_LEADS), LATER);
    assertThat(fewer.approvers()).hasSize(1);
    assertThat(fewer.demanded()).containsExactly(TWO_LEADS);
    assertThat(fewer.before()).isEqualTo(once.before());
    assertThat(once.facing(List.of(), LATER).approvers()).hasSize(1);
  }

  @Test
  void dropsApprovalsWhereMoreIsDemanded() {
    var once = approved(asked(TWO_LEADS), "bob", "leads");
    var more = once.facing(List.of(TWO_LEADS, ONE_DBA), LATER);
    assertThat(more.approvers()).isEmpty();
    assertThat(more.given().getFirst().lapse())
        .contains(new Approval.Lapse(LATER, "policy demands more than when it was given"));
    assertThat(more.demanded()).containsExactly(TWO_LEADS, ONE_DBA);
    assertThat(once.facing(List.of(demand("leads", 3, Duration.ofHours(1))), LATER).approvers())
        .isEmpty();
  }

  private static Consent asked(ApprovalDemand... demands) {
    return Consent.NONE.asking(List.of(demands), NOW);
  }

  private static Consent approved(Consent consent, String name, String... groups) {
    return consent.with(
        new Actor(name, Actor.Kind.PERSON), name, Set.of(groups), "looks fine", NOW);
  }

  private static Caller caller(String name, String... groups) {
    return new Caller(
        new Actor(name, Actor.Kind.PERSON), Set.of(), new Groups.Known(Set.of(groups)), name);
  }

  private static ApprovalDemand demand(String group, int required, Duration expiresAfter) {
    return new ApprovalDemand(group, "p", 1, required, 0, List.of(group), expiresAfter);
  }
}
