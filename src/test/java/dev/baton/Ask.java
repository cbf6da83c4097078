package dev.baton;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The body of a request for a failover. */
public record Ask(Map<String, Object> fields) {

  /** A switchover to Oregon, with nothing but what is required. */
  public static Ask switchover(String datastore) {
    return new Ask(Map.of())
        .with("globalReplicationGroupId", datastore)
        .with("targetRegion", RunningBaton.OREGON)
        .with("reason", "us-east-1 is drained");
  }

  /** A failover to Oregon that accepts the loss of data. */
  public static Ask failover(String datastore) {
    return switchover(datastore).with("mode", "FAILOVER").with("acceptDataLoss", true);
  }

  /** Oregon leaves the Global datastore. */
  public static Ask detach(String datastore) {
    return failover(datastore).with("mode", "DETACH");
  }

  public Ask to(String region) {
    return with("targetRegion", region);
  }

  public Ask with(String field, Object value) {
    var more = new TreeMap<>(fields);
    more.put(field, value);
    return new Ask(more);
  }

  public Ask without(String field) {
    var fewer = new TreeMap<>(fields);
    fewer.remove(field);
    return new Ask(fewer);
  }

  public String json() {
    return JsonMapper.shared().writeValueAsString(fields);
  }
}
