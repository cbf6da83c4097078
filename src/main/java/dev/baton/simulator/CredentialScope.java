package dev.baton.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scope in the credential of a SigV4 {@code Authorization} header. The Region a call is meant
 * for stands nowhere else, so one endpoint can serve them all. The signature itself is <b>not</b>
 * verified: any access key and any secret will do.
 */
record CredentialScope(String accessKeyId, String region) {

  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+(?=.*\\bSignedHeaders=[^,\\s]+)(?=.*\\bSignature=[0-9a-f]+)"
              + ".*\\bCredential=([^/,\\s]+)/\\d{8}/([^/,\\s]+)/([^/,\\s]+)/aws4_request\\b.*");

  static final String ELASTICACHE = "elasticache";
  static final String CLOUDWATCH = "monitoring";

  static CredentialScope of(@Nullable String authorization, String service) {
    if (authorization == null || authorization.isBlank()) {
      throw new QueryError(
          403,
          "MissingAuthenticationToken",
          "Request is missing Authentication Token: sign it with SigV4 (any key will do).");
    }
    Matcher header = HEADER.matcher(authorization);
    if (!header.matches()) {
      throw new QueryError(
          400,
          "IncompleteSignature",
          "Authorization must be 'AWS4-HMAC-SHA256' with 'Credential', 'SignedHeaders' and"
              + " 'Signature', the credential's scope being DATE/REGION/%s/aws4_request."
                  .formatted(service));
    }
    if (!header.group(3).equals(service)) {
      throw new QueryError(
          403,
          "SignatureDoesNotMatch",
          "Credential should be scoped to correct service: '%s', not '%s'."
              .formatted(service, header.group(3)));
    }
    return new CredentialScope(header.group(1), header.group(2));
  }
}
