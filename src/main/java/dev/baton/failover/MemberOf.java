package dev.baton.failover;

import dev.baton.failover.approval.Consent;
import java.util.UUID;

/**
 * Which evacuation a failover is part of.
 *
 * @param consent what people were asked of it as a whole, and have said
 */
record MemberOf(UUID evacuationId, Consent consent) {}
