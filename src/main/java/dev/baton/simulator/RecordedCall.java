package dev.baton.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * A call the simulator has had.
 *
 * @param number in order of arrival, from 1
 * @param at when it arrived
 * @param parameters as they were sent, Action and Version among them
 * @param acted whether it was carried out, whatever was answered
 * @param errorCode the code of the error it was answered with, empty if none
 * @param fault the kind of the injected fault that struck it, empty if none
 */
public record RecordedCall(
    long number,
    Instant at,
    String requestId,
    String region,
    String action,
    Map<String, String> parameters,
    Progress progress,
    boolean acted,
    String errorCode,
    String fault) {

  /** How far a call has come. */
  public enum Progress {
    ARRIVED,
    HELD,
    /** Waiting as a latency demands. */
    DELAYED,
    /** Never to be answered. */
    SILENT,
    ANSWERED,
    REFUSED,
    CUT
  }

  public RecordedCall {
    parameters = Map.copyOf(parameters);
  }

  /** The Global datastore it names, empty if none. */
  public String globalReplicationGroupId() {
    return parameters.getOrDefault("GlobalReplicationGroupId", "");
  }

  /** The replication group it names, empty if none. */
  public String replicationGroupId() {
    return parameters.getOrDefault(
        "PrimaryReplicationGroupId", parameters.getOrDefault("ReplicationGroupId", ""));
  }

  RecordedCall with(Progress changed) {
    return with(changed, acted, errorCode, fault);
  }

  RecordedCall refused(String code) {
    return with(Progress.REFUSED, acted, code, fault);
  }

  RecordedCall havingActed() {
    return with(progress, true, errorCode, fault);
  }

  RecordedCall struckBy(String kind) {
    return with(progress, acted, errorCode, kind);
  }

  private RecordedCall with(Progress changed, boolean hasActed, String code, String kind) {
    return new RecordedCall(
        number, at, requestId, region, action, parameters, changed, hasActed, code, kind);
  }
}
