package dev.baton.failover;

import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;

/** What policy said once, and what it went by then. */
record DecisionOnRecord(PolicyDecision decision, PolicyFacts facts) {}
