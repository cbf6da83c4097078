package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.security.Caller;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/** A policy of a test's own, for its own Global datastore. */
public record StoredPolicy(RunningBaton baton, String name, String datastore) {

  public static StoredPolicy about(String datastore, RunningBaton baton) {
    return new StoredPolicy(baton, "p-" + UUID.randomUUID(), datastore);
  }

  /** Stores its first version, or the next. */
  public int put(String... rules) {
    var answer = send(document(rules));
    assertThat(answer.status()).as(answer.http().body()).isIn(200, 201);
    return answer.json().path("version").intValue();
  }

  public String document(String... rules) {
    return """
    apiVersion: baton/v1
    kind: Policy
    metadata: {name: %s}
    match: {globalReplicationGroupIds: [%s]}
    rules:
      - %s
    """
        .formatted(name, datastore, String.join("\n  - ", rules));
  }

  private Caller.Answer send(String document) {
    var frank = baton.as("frank");
    var known = frank.get("/v1/policies/" + name).header("ETag");
    return (known.isEmpty() ? frank : frank.with("If-Match", known))
        .with("Content-Type", "application/yaml")
        .send(
            "PUT",
            "/v1/policies/" + name + "?acceptWarnings=true&comment=test",
            BodyPublishers.ofString(document));
  }
}
