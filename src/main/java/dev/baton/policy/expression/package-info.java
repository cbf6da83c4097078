/** Conditions in CEL: compiled once, typed, boolean, and bounded in what they can cost. */
@NullMarked
package dev.baton.policy.expression;

import org.jspecify.annotations.NullMarked;
