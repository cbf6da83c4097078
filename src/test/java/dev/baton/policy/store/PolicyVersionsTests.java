package dev.baton.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BatonTest
class PolicyVersionsTests {
  private static final String NO_TICKET = "- {name: ticket, requireReference: 'OPS-[0-9]+'}";
  private static final String FROZEN =
      "- {name: frozen, match: {modes: [SWITCHOVER]}, require: 'false'}";

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  private final String name = "p-" + UUID.randomUUID();
  private final AtomicInteger versions = new AtomicInteger();
  private String datastore = RunningBaton.newId();

  @Test
  void startsWithTheFirst() {
    var answer = put(document(NO_TICKET), "tickets from now on");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.json().path("stored").booleanValue()).isTrue();
    assertThat(answer.json().at("/changes/rulesAdded/0").stringValue()).isEqualTo("ticket");
    assertThat(answer.json().at("/changes/unifiedDiff").stringValue())
        .startsWith("--- (no policy)\n+++ %s, version 1\n@@".formatted(name))
        .contains("+" + NO_TICKET);
  }

  @Test
  void areInForceAtOnce() {
    datastore = baton.datastore();
    put(document(FROZEN), "frozen");
    var refused = baton.ask(Ask.switchover(datastore));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refusal(refused, "frozen").path("policy").stringValue()).isEqualTo(name);
    assertThat(refusal(refused, "frozen").path("version").intValue()).isEqualTo(1);

    frank().with("If-Match", "\"1\"").put(document(NO_TICKET), "thawed");
    var other = baton.ask(Ask.switchover(datastore));
    assertThat(refusal(other, "ticket").path("version").intValue()).isEqualTo(2);
    assertThat(refusal(other, "frozen").isMissingNode()).isTrue();
  }

  @Test
  void followOnlyOnTheOneThatWasSeen() {
    put(document(NO_TICKET), "first");

    var blind = put(document(FROZEN), "blind");
    assertThat(blind.problem()).isEqualTo("428 /problems/precondition-required");
    assertThat(blind.json().path("detail").stringValue()).contains("If-Match: \"1\"");
    var second = frank().with("If-Match", "\"1\"").put(document(FROZEN), "second");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("ETag")).isEqualTo("\"2\"");
    var late = frank().with("If-Match", "\"1\"").put(document(NO_TICKET), "late");
    assertThat(late.problem()).isEqualTo("412 /problems/policy-changed");
    assertThat(late.json().path("detail").stringValue()).contains("is version 2, \"2\"");
    var twice = frank().with("If-None-Match", "*").put(document(NO_TICKET), "twice");
    assertThat(twice.problem()).isEqualTo("412 /problems/policy-changed");
    var weak = frank().with("If-Match", "W/\"2\"").put(document(NO_TICKET), "weak");
    assertThat(weak.problem()).isEqualTo("412 /problems/policy-changed");
    assertThat(versions()).containsExactly("2 second", "1 first");
  }

  @Test
  void followOnceWhereManyChangeTheSameAtTheSameTime() throws Exception {
    assertThat(statusesOfPutsAtOnce(frank())).containsOnlyOnce(201).containsOnly(201, 428);
    assertThat(statusesOfPutsAtOnce(frank().with("If-Match", "\"1\"")))
        .containsOnlyOnce(200)
        .containsOnly(200, 412);
    assertThat(versions()).hasSize(2);
  }

  private List<Integer> statusesOfPutsAtOnce(Writer writer) throws Exception {
    var together = new CyclicBarrier(6);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var puts =
          IntStream.range(0, 6)
              .<Callable<Integer>>mapToObj(number ->
                  () -> {
                    together.await();
                    var rules = NO_TICKET + " # " + versions.incrementAndGet();
                    return writer.put(document(rules), "number " + number).status();
                  })
              .toList();
      var statuses = new ArrayList<Integer>();
      for (var put : threads.invokeAll(puts)) {
        statuses.add(put.get());
      }
      return statuses;
    }
  }

  @Test
  void areNotStoredTwice() {
    put(document(NO_TICKET), "first");
    var again = frank().with("If-Match", "\"1\"").put(document(NO_TICKET), "again");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("stored").booleanValue()).isFalse();
    assertThat(versions()).containsExactly("1 first");
  }

  @Test
  void nameEveryMistakeWithItsPath() {
    var answer =
        put(
            document(
                "- {name: one, coolDown: soon}\n- {name: two, require: 'lag.seconds <'}\n"
                    + "- {name: three, freezeWindows: [{from: '2026-12-24T00:00', until:"
                    + " '2026-12-23T00:00', zone: Europe/Nowhere}]}"),
            "wrong");

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-policy");
    assertThat(answer.json().path("violations").valueStream())
        .extracting(violation -> violation.path("field").stringValue())
        .contains("rules[0].coolDown", "rules[1].require", "rules[2].freezeWindows[0].zone");
    assertThat(answer.json().at("/violations/0/message").stringValue()).startsWith("line 6: must");
    assertThat(get("").problem()).isEqualTo("404 /problems/unknown-policy");
  }

  @Test
  void bearTheNameOfTheirAddress() {
    var answer = put(document(NO_TICKET).replace(name, "another"), "wrong address");
    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-policy");
    assertThat(answer.json().at("/violations/0/field").stringValue()).isEqualTo("metadata.name");
  }

  @Test
  void needAComment() {
    var answer =
        frank()
            .with("Content-Type", "application/yaml")
            .caller
            .send("PUT", "/v1/policies/" + name, BodyPublishers.ofString(document(NO_TICKET)));
    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().at("/violations/0/field").stringValue()).isEqualTo("comment");
  }

  @Test
  void areStoredDespiteAWarningOnlyIfThatIsMeant() {
    var shut = document("- {name: shut, allowedModes: [SWITCHOVER]}");
    var warned = put(shut, "planned only");
    assertThat(warned.problem()).isEqualTo("409 /problems/policy-warning");
    assertThat(warned.json().path("warnings").toString())
        .contains("REFUSES_FAILOVER", "Every FAILOVER", "REFUSES_DETACH", "Every DETACH");
    assertThat(get("").status()).isEqualTo(404);

    var meant = frank().with("", "&acceptWarnings=true").put(shut, "planned only");
    assertThat(meant.status()).isEqualTo(201);
    assertThat(meant.json().path("warnings")).hasSize(2);
  }

  @Test
  void canBeTriedWithoutBeingStored() {
    put(document(NO_TICKET), "first");
    var tried =
        frank().with("If-Match", "\"1\"").with("", "&dryRun=true").put(document(FROZEN), "maybe");

    assertThat(tried.status()).isEqualTo(200);
    assertThat(tried.header("ETag")).isEqualTo("\"1\"");
    assertThat(tried.json().path("stored").booleanValue()).isFalse();
    assertThat(tried.json().path("version").intValue()).isEqualTo(2);
    assertThat(tried.json().at("/changes/rulesRemoved/0").stringValue()).isEqualTo("ticket");
    assertThat(versions()).containsExactly("1 first");
  }

  @Test
  void areKeptAsTheyWereSent() {
    var text = "# why: see OPS-7\n" + document(NO_TICKET);
    put(text, "first");

    var yaml = baton.as("carol").with("Accept", "application/yaml").get("/v1/policies/" + name);
    assertThat(yaml.http().body()).isEqualTo(text);
    assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
    assertThat(yaml.header("ETag")).isEqualTo("\"1\"");
    var json = get("").json();
    assertThat(json.path("document").stringValue()).isEqualTo(text);
    assertThat(json.at("/storedBy/subject").stringValue()).isEqualTo("frank");
    assertThat(json.path("comment").stringValue()).isEqualTo("first");
  }

  @Test
  void mayBeJson() {
    var json =
        """
        {"apiVersion": "baton/v1", "kind": "Policy", "metadata": {"name": "%s"},
         "match": {"globalReplicationGroupIds": ["%s"]},
         "rules": [{"name": "ticket", "requireReference": "x"}]}
        """
            .formatted(name, datastore);
    var answer =
        baton
            .as("frank")
            .with("Content-Type", "application/json")
            .send("PUT", "/v1/policies/" + name + "?comment=json", BodyPublishers.ofString(json));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
  }

  @Test
  void areDescribedByASchemaThatEverybodyMayRead() {
    var schema = Caller.nobody(baton.port()).get("/schemas/policy.json");
    assertThat(schema.status()).isEqualTo(200);
    assertThat(schema.header("Content-Type")).startsWith("application/schema+json");
    assertThat(schema.json().at("/properties/apiVersion/const").stringValue())
        .isEqualTo("baton/v1");
  }

  @Test
  void differByRulesAndByLines() {
    put(document(NO_TICKET + "\n" + FROZEN), "first");
    var reordered =
        document(
            "# calm\n- {requireReference: \"OPS-[0-9]+\", name: ticket}\n- {name: new, "
                + "requireExpectedPrimary: true}");
    frank().with("If-Match", "\"1\"").put(reordered, "second");

    var diff = get("/diff").json();
    assertThat(diff.path("rulesAdded").toString()).isEqualTo("[\"new\"]");
    assertThat(diff.path("rulesRemoved").toString()).isEqualTo("[\"frozen\"]");
    assertThat(diff.path("rulesChanged").toString()).isEqualTo("[]");
    var text =
        baton
            .as("carol")
            .with("Accept", "text/plain")
            .get("/v1/policies/" + name + "/diff?from=1&to=2");
    assertThat(text.http().body())
        .isEqualTo(diff.path("unifiedDiff").stringValue())
        .startsWith("--- %s, version 1\n+++ %s, version 2\n".formatted(name, name))
        .contains("\n-" + FROZEN + "\n", "\n+# calm\n");
    assertThat(get("/diff?from=1&to=3").problem()).isEqualTo("404 /problems/unknown-policy");
  }

  @Test
  void differAlsoWhereNoLineIsTheSame() {
    put(document(NO_TICKET) + "#a\n".repeat(60_000), "first");
    frank().with("If-Match", "\"1\"").put(document(NO_TICKET) + "#b\n".repeat(60_000), "second");

    var diff = get("/diff").json();
    assertThat(diff.path("rulesChanged").toString()).isEqualTo("[]");
    assertThat(diff.path("unifiedDiff").stringValue().lines())
        .filteredOn(line -> line.equals("+#b"))
        .hasSize(60_000);
  }

  @Test
  void endWithOneThatWithdrawsThePolicy() {
    datastore = baton.datastore();
    put(document(FROZEN), "frozen");
    var withdrawn =
        baton
            .as("frank")
            .with("Content-Type", "application/json")
            .with("If-Match", "\"1\"")
            .send("DELETE", "/v1/policies/" + name + "?comment=over", BodyPublishers.noBody());

    assertThat(withdrawn.status()).as(withdrawn.http().body()).isEqualTo(200);
    assertThat(withdrawn.json().path("version").intValue()).isEqualTo(2);
    assertThat(get("").status()).isEqualTo(404);
    assertThat(get("/versions/2").json().path("withdrawn").booleanValue()).isTrue();
    assertThat(baton.ask(Ask.switchover(datastore)).status()).isEqualTo(202);
    assertThat(put(document(NO_TICKET), "again").header("ETag")).isEqualTo("\"3\"");
    assertThat(versions()).containsExactly("3 again", "2 over", "1 frozen");
  }

  @Test
  void areInTheAuditLog() throws Exception {
    put(document(NO_TICKET), "first");
    frank().with("If-Match", "\"1\"").put(document(FROZEN), "second");

    var entries = baton.audit("policy/" + name);
    assertThat(entries)
        .extracting(entry -> entry.path("type").stringValue())
        .containsExactly("POLICY_STORED", "POLICY_STORED");
    var data = entries.getLast().path("data");
    assertThat(entries.getLast().at("/actor/subject").stringValue()).isEqualTo("frank");
    assertThat(data.path("comment").stringValue()).isEqualTo("second");
    assertThat(data.path("rulesAdded").toString()).isEqualTo("[\"frozen\"]");
    assertThat(data.path("documentSha256").stringValue())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(document(FROZEN).getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void neverChange() {
    put(document(NO_TICKET), "first");
    assertThat(
            catchThrowable(() ->
                database
                    .sql("update policy_version set comment = 'x' where name = :name")
                    .param("name", name)
                    .update()))
        .rootCause()
        .hasMessageContaining("policy_version is append-only: UPDATE is refused");
  }

  @Test
  void areChangedByWhoMayWritePoliciesAndReadByWhoMayReadFailovers() {
    var refused =
        new Writer(baton.alice().with("Content-Type", "application/yaml"), "")
            .put(document(NO_TICKET), "alice's");
    assertThat(refused.problem()).isEqualTo("403 /problems/forbidden");
    put(document(NO_TICKET), "frank's");
    assertThat(baton.alice().get("/v1/policies/" + name).status()).isEqualTo(200);
  }

  @Test
  void haveAtMost256Kibibytes() {
    var text = document(NO_TICKET);
    var full = text + "#".repeat(256 * 1024 - text.length());
    var tooLong = put(full + "#", "too long");
    assertThat(tooLong.problem()).isEqualTo("400 /problems/invalid-policy");
    assertThat(tooLong.json().toString()).contains("at most 262144 bytes");
    assertThat(put(full + "##", "far").problem()).isEqualTo("400 /problems/body-too-large");
    assertThat(put(full, "full").status()).isEqualTo(201);
  }

  @Test
  void areListedWithTheOthersInForce() {
    put(document(NO_TICKET), "first");
    var table = baton.as("carol").with("Accept", "text/plain").get("/v1/policies?limit=200");
    assertThat(table.http().body())
        .startsWith("POLICY")
        .containsPattern("default +1 +\\S+ +baton +Loaded from")
        .containsPattern(name + " +1 +\\S+ +frank +first");
    var first = baton.as("carol").get("/v1/policies?limit=1").json();
    assertThat(first.path("items")).hasSize(1);
    assertThat(first.at("/items/0/document").isMissingNode()).isTrue();
    var next =
        baton
            .as("carol")
            .get("/v1/policies?limit=1&cursor=" + first.path("nextCursor").stringValue());
    assertThat(next.json().at("/items/0/name").stringValue())
        .isGreaterThan(first.at("/items/0/name").stringValue());
  }

  private record Writer(Caller caller, String query) {
    Writer with(String header, String value) {
      return header.isEmpty()
          ? new Writer(caller, query + value)
          : new Writer(caller.with(header, value), query);
    }

    Caller.Answer put(String document, String comment) {
      var name = document.replaceAll("(?s).*metadata: \\{name: (\\S+)}.*", "$1");
      return caller.send(
          "PUT",
          "/v1/policies/%s?comment=%s%s"
              .formatted(
                  name.equals("another") ? "not-" + name : name,
                  URLEncoder.encode(comment, StandardCharsets.UTF_8),
                  query),
          BodyPublishers.ofString(document));
    }
  }

  private Writer frank() {
    return new Writer(baton.as("frank").with("Content-Type", "application/yaml"), "");
  }

  private Caller.Answer put(String document, String comment) {
    return frank().put(document, comment);
  }

  private Caller.Answer get(String path) {
    return baton.as("carol").get("/v1/policies/" + name + path);
  }

  private List<String> versions() {
    return get("/versions")
        .json()
        .path("items")
        .valueStream()
        .map(version ->
            version.path("version").intValue() + " " + version.path("comment").stringValue())
        .toList();
  }

  private static JsonNode refusal(Caller.Answer answer, String rule) {
    return answer
        .json()
        .path("refusals")
        .valueStream()
        .filter(refusal -> refusal.path("rule").stringValue().equals(rule))
        .findFirst()
        .orElseGet(() -> answer.json().path("none"));
  }

  private String document(String rules) {
    return """
    apiVersion: baton/v1
    kind: Policy
    metadata: {name: %s}
    match: {globalReplicationGroupIds: [%s]}
    rules:
    %s
    """
        .formatted(name, datastore, rules);
  }
}
