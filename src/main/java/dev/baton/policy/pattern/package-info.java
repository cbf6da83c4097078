/** Patterns for names and references whose time to match is bounded, whatever the pattern. */
@NullMarked
@NamedInterface("pattern")
package dev.baton.policy.pattern;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
