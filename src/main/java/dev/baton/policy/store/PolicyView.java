package dev.baton.policy.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.Actor;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;

/** A version of a policy as the API shows it. */
@Schema(name = "Policy")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PolicyView(
    String name,
    int version,
    Actor storedBy,
    Instant storedAt,
    String comment,
    @Schema(description = "Whether this version withdraws the policy: then it has no document.")
        boolean withdrawn,
    @Schema(
            description =
                "The document as it was sent, YAML or JSON. Missing in lists, and where the policy"
                    + " is withdrawn.")
        Optional<String> document) {

  static PolicyView of(PolicyVersion version) {
    return view(version, version.text());
  }

  static PolicyView withoutDocument(PolicyVersion version) {
    return view(version, Optional.empty());
  }

  private static PolicyView view(PolicyVersion version, Optional<String> document) {
    return new PolicyView(
        version.name(),
        version.version(),
        version.author(),
        version.storedAt(),
        version.comment(),
        version.isWithdrawn(),
        document);
  }
}
