package dev.baton.failover.approval;

import dev.baton.core.Actor;
import java.time.Instant;

/** That somebody has looked into a failover for which rules were set aside. */
public record Review(Actor by, Instant at, String comment) {}
