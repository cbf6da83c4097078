package dev.baton.simulator;

/** An error as ElastiCache words it: code, HTTP status, message. */
final class QueryError extends RuntimeException {

  private final String code;
  private final int status;

  QueryError(int status, String code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  static QueryError datastoreNotFound(String id, String region) {
    return new QueryError(
        404,
        "GlobalReplicationGroupNotFoundFault",
        "Global replication group %s not found in %s.".formatted(id, region));
  }

  static QueryError replicationGroupNotFound(String id, String region) {
    return new QueryError(
        404,
        "ReplicationGroupNotFoundFault",
        "Replication group %s not found in %s.".formatted(id, region));
  }

  static QueryError invalidState(String id, String status) {
    return new QueryError(
        400,
        "InvalidGlobalReplicationGroupState",
        "Global replication group %s is not in a valid state for this: its status is %s."
            .formatted(id, status));
  }

  static QueryError invalidValue(String message) {
    return new QueryError(400, "InvalidParameterValue", message);
  }

  static QueryError invalidCombination(String message) {
    return new QueryError(400, "InvalidParameterCombination", message);
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String type() {
    return status < 500 ? "Sender" : "Receiver";
  }
}
