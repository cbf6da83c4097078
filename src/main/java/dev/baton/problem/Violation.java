package dev.baton.problem;

/**
 * What is wrong with one field.
 *
 * @param field its name in the request
 * @param message what it must be, and what it is
 */
public record Violation(String field, String message) {}
