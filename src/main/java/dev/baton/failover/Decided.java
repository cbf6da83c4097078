package dev.baton.failover;

import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;

/** What policy said, and what it went by. */
record Decided(PolicyDecision decision, PolicyFacts facts) {}
