package dev.baton.failover;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which failover a request takes back.
 *
 * @param soaksUntil until when that one has to prove itself first
 */
record FailbackOf(UUID failoverId, Optional<Instant> soaksUntil) {}
