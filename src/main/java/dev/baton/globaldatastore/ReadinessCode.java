package dev.baton.globaldatastore;

/** What a reason is about. The names are part of the contract. */
public enum ReadinessCode {
  /** The target's Region does not answer. */
  REGION_SILENT,
  /** The primary's Region does not answer. */
  PRIMARY_REGION_SILENT,
  /** The Global datastore is not available. */
  STATUS,
  /** There is no single primary, or the target is no secondary. */
  ROLES,
  /** The target is no member, or not an associated one. */
  MEMBER,
  /** Another member is not associated. */
  OTHER_MEMBER,
  /** The target's Region and the primary's show different things. */
  VIEWS_DIFFER,
  /** The target is too far behind, or nobody knows how far. */
  LAG,
  /** A lost node of the target would not be replaced by a replica. */
  AUTOMATIC_FAILOVER,
  /** The target runs another engine or version. */
  ENGINE,
  /** The target's nodes are of another type. */
  NODE_TYPE,
  /** How the target's replication group stands by itself is not known. */
  GROUP_UNKNOWN,
  /** The last failover failed or is not over. */
  LAST_FAILOVER
}
