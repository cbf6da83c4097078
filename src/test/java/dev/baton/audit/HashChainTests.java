package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Computes the chains again from nothing but the JSON that the API exports. */
@BatonTest
class HashChainTests {
  private static final List<String> HASHED =
      List.of("stream", "sequence", "type", "actor", "occurredAt", "data", "previousHash");

  private static final String AWKWARD = "na\u00efve \"quoted\" \\ / < \u20ac \ud83d\ude00";

  @Autowired private RunningBaton baton;

  @Test
  void canBeComputedAgainForEveryStream() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.throttle(), 1);
    var succeeded = baton.accepted(Ask.switchover(datastore).with("reference", "\u00e9"));
    baton.awaitEnd(succeeded, "SUCCEEDED");
    var denied = baton.ask(Ask.switchover(datastore).to("eu-west-1").with("reason", AWKWARD));
    assertThat(denied.status()).isEqualTo(403);

    var streams = new HashMap<String, List<JsonNode>>();
    for (var entry : everything()) {
      streams
          .computeIfAbsent(entry.path("stream").stringValue(), _ -> new ArrayList<>())
          .add(entry);
    }

    assertThat(streams)
        .containsKeys(
            "failover/" + succeeded, "failover/" + denied.json().path("failoverId").stringValue());
    streams.values().forEach(HashChainTests::verify);
  }

  @Test
  void givesAwayAnyChange() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");
    var first = baton.audit("failover/" + id).getFirst();

    var forged = JsonMapper.shared().readTree(first.toString().replace("alice", "mallory"));

    assertThat(hash(first)).isEqualTo(first.path("hash").stringValue());
    assertThat(hash(forged)).isNotEqualTo(forged.path("hash").stringValue());
  }

  private static void verify(List<JsonNode> stream) {
    String previous = null;
    for (int index = 0; index < stream.size(); index++) {
      var entry = stream.get(index);
      assertThat(entry.path("sequence").intValue()).as(entry.toString()).isEqualTo(index + 1);
      assertThat(entry.path("previousHash").stringValue(null)).isEqualTo(previous);
      assertThat(entry.path("hash").stringValue()).as(entry.toString()).isEqualTo(hash(entry));
      previous = entry.path("hash").stringValue();
    }
  }

  private static String hash(JsonNode entry) {
    var hashed = JsonMapper.shared().createObjectNode();
    HASHED.forEach(name -> hashed.set(name, entry.required(name)));
    try {
      var canonical = new JsonCanonicalizer(hashed.toString()).getEncodedUTF8();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<JsonNode> everything() {
    var entries = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = baton.as("carol").get("/v1/audit?limit=200" + cursor).json();
      page.path("items").forEach(entries::add);
      cursor =
          page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").stringValue() : "";
    } while (!cursor.isEmpty());
    return entries;
  }
}
