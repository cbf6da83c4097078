package dev.baton.policy;

/** Holds were set or ended: what waits may go on, or may not. */
public record HoldsChanged() {}
