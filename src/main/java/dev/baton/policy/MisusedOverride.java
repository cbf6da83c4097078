package dev.baton.policy;

/**
 * An override that set nothing aside.
 *
 * @param name as the request has it
 * @param message why it has no effect, to be read after the name
 */
public record MisusedOverride(String name, String message) {}
