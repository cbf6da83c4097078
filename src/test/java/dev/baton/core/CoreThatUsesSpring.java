package dev.baton.core;

import org.springframework.core.Ordered;

/** Breaks the rule that the core uses the JDK only. */
public interface CoreThatUsesSpring extends Ordered {}
