package dev.baton.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STS's AssumeRole: credentials whose access key says which account they are of. */
final class SecurityTokens {
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(.+)");
  private static final Pattern KEY = Pattern.compile("Credential=(ASIA(\\d{12})[0-9A-Z]*)/");
  private final Map<String, String> externalIds = new ConcurrentHashMap<>();
  private final Map<String, String> roleOfKey = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();

  record Answer(int status, String xml) {}

  void allow(String roleArn, String externalId) {
    externalIds.put(roleArn, externalId);
  }

  void deny(String roleArn) {
    externalIds.remove(roleArn);
  }

  int questions() {
    return questions.get();
  }

  /** The account of the credentials, empty text if they are nobody's; none if they were revoked. */
  Optional<String> account(String authorization) {
    var key = KEY.matcher(authorization);
    if (!key.find()) {
      return Optional.of("");
    }
    return Optional.ofNullable(roleOfKey.get(key.group(1)))
        .filter(externalIds::containsKey)
        .map(_ -> key.group(2));
  }

  Answer answer(byte[] body) {
    questions.incrementAndGet();
    var requestId = UUID.randomUUID().toString();
    try {
      var parameters = FormBody.parse(body);
      if (!parameters.getOrDefault("Action", "").equals("AssumeRole")) {
        throw new QueryError(400, "InvalidAction", "Only AssumeRole is simulated.");
      }
      return assumed(parameters, requestId);
    } catch (QueryError refusal) {
      return new Answer(refusal.status(), XmlAnswer.error(refusal, requestId));
    }
  }

  private Answer assumed(Map<String, String> parameters, String requestId) {
    var arn = parameters.getOrDefault("RoleArn", "");
    var session = parameters.getOrDefault("RoleSessionName", "");
    var role = ROLE.matcher(arn);
    var externalId = parameters.getOrDefault("ExternalId", "");
    // One answer for a role that isn't there and for an external id that is wrong, as AWS gives it.
    if (!role.matches() || session.isEmpty() || !externalId.equals(externalIds.get(arn))) {
      throw new QueryError(
          403, "AccessDenied", "Not authorized to perform sts:AssumeRole on resource: " + arn);
    }
    var key = "ASIA" + role.group(1) + requestId.substring(0, 4).toUpperCase(Locale.ROOT);
    roleOfKey.put(key, arn);
    var expiration = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    return new Answer(200, xml(key, role, session, expiration, requestId));
  }

  private static String xml(
      String key, Matcher role, String session, Instant expiration, String requestId) {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
    <AssumedRoleUser><AssumedRoleId>AROASIMULATED:%5$s</AssumedRoleId>\
    <Arn>arn:aws:sts::%2$s:assumed-role/%6$s/%5$s</Arn></AssumedRoleUser><Credentials>\
    <AccessKeyId>%1$s</AccessKeyId><SecretAccessKey>simulated</SecretAccessKey>\
    <SessionToken>simulated</SessionToken><Expiration>%3$s</Expiration></Credentials>\
    </AssumeRoleResult><ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata>\
    </AssumeRoleResponse>\
    """
        .formatted(key, role.group(1), expiration, requestId, session, role.group(2));
  }
}
