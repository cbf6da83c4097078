package dev.baton.policy.store;

import dev.baton.core.Actor;
import dev.baton.policy.PolicyWarning;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** What came of a change of a policy, or would. */
@Schema(name = "PolicyChange")
record PolicyChangeView(
    String name,
    int version,
    @Schema(
            description =
                "Whether this version was stored now: not by a dry run, nor if the document is the"
                    + " same as before.")
        boolean stored,
    Actor storedBy,
    Instant storedAt,
    String comment,
    @Schema(description = "What the author may not mean; accepted with acceptWarnings.")
        List<PolicyWarning> warnings,
    PolicyDiffView changes) {

  static PolicyChangeView of(PolicyChanges.Change change, boolean isStored) {
    var version = change.version();
    return new PolicyChangeView(
        version.name(),
        version.version(),
        isStored,
        version.author(),
        version.storedAt(),
        version.comment(),
        change.warnings(),
        PolicyDiffView.of(
            change.diff(),
            change
                .before()
                .map(before -> side(before.name(), before.version()))
                .orElse("(no policy)"),
            side(version.name(), version.version())));
  }

  static String side(String name, int version) {
    return "%s, version %d".formatted(name, version);
  }
}
