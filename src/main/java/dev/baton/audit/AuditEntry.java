package dev.baton.audit;

import dev.baton.core.Actor;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An entry of the audit log, as it stands for ever.
 *
 * @param position where it stands among all entries; not the order in which they were committed
 * @param sequence where it stands in its stream, from 1 on, without gaps
 * @param occurredAt in whole microseconds
 * @param previousHash the hash of the entry before it in its stream
 * @param hash SHA-256 in lower-case hex over the RFC 8785 form of stream, sequence, type, actor,
 *     occurredAt, data and previousHash
 */
public record AuditEntry(
    long position,
    AuditStream stream,
    long sequence,
    String type,
    Actor actor,
    Instant occurredAt,
    JsonNode data,
    Optional<String> previousHash,
    String hash) {}
