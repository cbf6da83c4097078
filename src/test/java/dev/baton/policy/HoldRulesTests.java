package dev.baton.policy;

import static dev.baton.policy.Requests.IRELAND;
import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.VIRGINIA;
import static dev.baton.policy.Requests.at;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverFrom;
import static dev.baton.policy.Requests.switchoverOf;
import static dev.baton.policy.Requests.switchoverOverriding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A hold is a rule like any other: it refuses what is in its scope, until it is over. */
class HoldRulesTests {
  private static final UUID ID = UUID.fromString("0b7f2d54-6a0c-4d0e-9e0e-6b8a4d3f2c11");
  private static final Instant END = NOW.plusSeconds(60);

  @Test
  void refusesUntilItExpires() {
    var holds = holds(new HoldScope.All(), Optional.of(END));
    assertThat(holds.evaluate(switchover(), at(END.minusMillis(1))).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
    assertThat(holds.evaluate(switchover(), at(END)).outcome()).isEqualTo(DecisionOutcome.PASSED);
    var endless = holds(new HoldScope.All(), Optional.empty());
    assertThat(endless.evaluate(switchover(), at(Instant.MAX)).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
  }

  @Test
  void saysWhoHoldsWhatAndWhy() {
    var rule =
        holds(new HoldScope.OfRegion(OREGON), Optional.of(END))
            .evaluate(switchover(), neverPromoted())
            .refusals()
            .getFirst();
    assertThat(rule.policy()).isEqualTo("holds");
    assertThat(rule.rule()).isEqualTo(ID.toString());
    assertThat(rule.seen())
        .isEqualTo(
            "frank has held back calls for whatever leads to or from us-west-2 since %s: repair"
                .formatted(NOW));
    assertThat(rule.demanded())
        .isEqualTo("The hold must be over, which it is from %s on.".formatted(END));
    assertThat(rule.remedy())
        .isEqualTo(
            ("Ask frank, or whoever has hold:write, to end it: DELETE /v1/holds/%1$s. It ends by"
                    + " itself at %2$s. If it can't wait, somebody with failover:break-glass may"
                    + " request with overrides: [\"holds/%1$s\"].")
                .formatted(ID, END));
  }

  @Test
  void isSetAsideByItsName() {
    var holds = holds(new HoldScope.All(), Optional.empty());
    assertThat(holds.evaluate(switchoverOverriding("holds/" + ID), neverPromoted()).outcome())
        .isEqualTo(DecisionOutcome.PASSED);
    assertThat(holds.evaluate(switchoverOverriding("holds"), neverPromoted()).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
  }

  @Test
  void holdsBackWhatIsInItsScopeOnly() {
    assertThat(isHeld(new HoldScope.All(), switchover())).isTrue();
    assertThat(isHeld(new HoldScope.OfAccount(new AccountId("123456789012")), switchover()))
        .isTrue();
    assertThat(isHeld(new HoldScope.OfAccount(new AccountId("210987654321")), switchover()))
        .isFalse();
    assertThat(isHeld(HoldScope.OfGlobalDatastores.parse("LDGNF-S*"), switchover())).isTrue();
    assertThat(isHeld(HoldScope.OfGlobalDatastores.parse("ldgnf-s*"), switchoverOf("ldgnf-cart")))
        .isFalse();
  }

  @Test
  void holdsBackWhatLeadsToARegionOrAwayFromIt() {
    assertThat(isHeld(OREGON, switchover())).isTrue();
    assertThat(isHeld(VIRGINIA, switchover())).isTrue();
    assertThat(isHeld(IRELAND, switchover())).isFalse();
    assertThat(isHeld(IRELAND, switchoverFrom(Optional.empty())))
        .as("where it leads away from is not known")
        .isTrue();
  }

  @Test
  void tellsWhetherNothingElseRefuses() {
    var both =
        new PolicySet(
            List.of(
                document(new HoldScope.All(), Optional.empty()),
                PolicyDocument.read(
                    """
                    apiVersion: baton/v1
                    kind: Policy
                    metadata: {name: other}
                    rules: [{name: frozen, require: 'false'}]
                    """,
                    "the test")));
    assertThat(both.evaluate(switchover(), neverPromoted()).isHeld()).isFalse();
    assertThat(both.evaluate(switchoverOverriding("frozen"), neverPromoted()).isHeld()).isTrue();
    assertThat(
            both.evaluate(switchoverOverriding("frozen", "holds/" + ID), neverPromoted()).isHeld())
        .isFalse();
    var unapproved =
        new PolicySet(
            List.of(
                document(new HoldScope.All(), Optional.empty()),
                PolicyDocument.read(
                    """
                    apiVersion: baton/v1
                    kind: Policy
                    metadata: {name: other}
                    rules: [{name: leads, approvals: {required: 1, from: [a], expiresAfter: PT1H}}]
                    """,
                    "the test")));
    assertThat(unapproved.evaluate(switchover(), neverPromoted()).isHeld())
        .as("whoever is missing can be asked later")
        .isTrue();
  }

  private static boolean isHeld(Region region, PolicyRequest request) {
    return isHeld(new HoldScope.OfRegion(region), request);
  }

  private static boolean isHeld(HoldScope scope, PolicyRequest request) {
    return holds(scope, Optional.empty()).evaluate(request, neverPromoted()).isHeld();
  }

  private static PolicySet holds(HoldScope scope, Optional<Instant> expiresAt) {
    return new PolicySet(List.of(document(scope, expiresAt)));
  }

  private static PolicyDocument document(HoldScope scope, Optional<Instant> expiresAt) {
    return StandingHold.document(
        List.of(new StandingHold(ID, scope, "repair", "frank", NOW, expiresAt)));
  }
}
