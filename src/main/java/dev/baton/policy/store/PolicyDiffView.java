package dev.baton.policy.store;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** How two versions of a policy differ. */
@Schema(name = "PolicyDiff")
record PolicyDiffView(
    @Schema(description = "Whether the policy concerns other requests.") boolean changesMatch,
    List<String> rulesAdded,
    List<String> rulesRemoved,
    @Schema(description = "Rules that say something else; how they are written is of no account.")
        List<String> rulesChanged,
    @Schema(description = "The difference of the texts, as a unified diff.") String unifiedDiff) {

  static PolicyDiffView of(PolicyDiff diff, String before, String after) {
    return new PolicyDiffView(
        diff.changesMatch(),
        diff.added(),
        diff.removed(),
        diff.changed(),
        diff.unified(before, after));
  }
}
