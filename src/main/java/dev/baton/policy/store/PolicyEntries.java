package dev.baton.policy.store;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    version.text().ifPresent(text -> data.put("documentSha256", sha256(text)));
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

  /** So that the log's chain of hashes holds for the document too. */
  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
