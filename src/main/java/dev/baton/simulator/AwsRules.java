package dev.baton.simulator;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the simulated AWS behaves where its callers can't know.
 *
 * @param accountId twelve digits
 * @param promotionPlan how a promotion goes
 * @param disassociationTime how long a member is {@code disassociating} before it leaves
 * @param presentPrimary what a failover call that names the present primary gets
 * @param disassociatesWhilePromoting whether a member may be disassociated while a promotion runs
 */
record AwsRules(
    String accountId,
    PromotionPlan promotionPlan,
    Duration disassociationTime,
    PresentPrimary presentPrimary,
    boolean disassociatesWhilePromoting) {

  private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");

  AwsRules {
    if (!ACCOUNT_ID.matcher(accountId).matches()) {
      throw new IllegalArgumentException(
          "The account id is '%s'; it must have twelve digits.".formatted(accountId));
    }
    Limits.refuseImpossible("disassociationTime", disassociationTime);
  }

  AwsRules withPromotionPlan(PromotionPlan changed) {
    return new AwsRules(
        accountId, changed, disassociationTime, presentPrimary, disassociatesWhilePromoting);
  }

  AwsRules withAccountId(String changed) {
    return new AwsRules(
        changed, promotionPlan, disassociationTime, presentPrimary, disassociatesWhilePromoting);
  }

  AwsRules withDisassociationTime(Duration changed) {
    return new AwsRules(
        accountId, promotionPlan, changed, presentPrimary, disassociatesWhilePromoting);
  }

  AwsRules withPresentPrimary(PresentPrimary changed) {
    return new AwsRules(
        accountId, promotionPlan, disassociationTime, changed, disassociatesWhilePromoting);
  }

  AwsRules disassociatingWhilePromoting(boolean allowed) {
    return new AwsRules(accountId, promotionPlan, disassociationTime, presentPrimary, allowed);
  }
}
