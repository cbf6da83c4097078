package dev.baton.audit;

import dev.baton.core.Actor;
import java.time.Instant;
import java.util.Optional;

/** Where the entries of the audit log are kept. Everything here is part of a transaction. */
interface AuditTable {

  /** The last entry of a stream. */
  record End(long sequence, String hash) {}

  /**
   * An entry to be kept.
   *
   * @param data a JSON object, to be kept to the letter
   */
  record NewEntry(
      AuditStream stream,
      long sequence,
      String type,
      Actor actor,
      Instant occurredAt,
      String data,
      Optional<String> previousHash,
      String hash) {}

  /**
   * The end of a stream, to which nobody else appends before the transaction is over. Two appends
   * to one stream follow each other; appends to different streams don't meet.
   */
  Optional<End> lockedEnd(AuditStream stream);

  void append(NewEntry entry);
}
