package dev.baton.audit;

/** An entry was appended to a stream, in a transaction that is not committed yet. */
record EntryStored(AuditStream stream) {}
