package dev.baton.violations.one;

import dev.baton.violations.two.Second;

/** One half of a cycle. */
public record First(Second second) {}
