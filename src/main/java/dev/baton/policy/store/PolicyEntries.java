package dev.baton.policy.store;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/** What the audit log says of a policy's versions. The document itself is kept with the version. */
final class PolicyEntries {
  private PolicyEntries() {}

  /** In the transaction that stores the version. */
  static void append(AuditLog audit, PolicyVersion version, PolicyDiff diff) {
    var data = new LinkedHashMap<String, Object>();
    data.put("name", version.name());
    data.put("version", version.version());
    data.put("comment", version.comment());
    // So that the log's chain of hashes holds for the document too.
    version
        .text()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .ifPresent(bytes -> data.put("documentSha256", Sha256.hex(bytes)));
    data.put("changesMatch", diff.changesMatch());
    data.put("rulesAdded", diff.added());
    data.put("rulesRemoved", diff.removed());
    data.put("rulesChanged", diff.changed());
    audit.append(
        AuditStream.of("policy", version.name()),
        version.isWithdrawn() ? "POLICY_WITHDRAWN" : "POLICY_STORED",
        version.author(),
        version.storedAt(),
        data);
  }
}
