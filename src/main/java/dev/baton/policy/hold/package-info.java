/** Holds: what people hold back, for how long and why. */
@NullMarked
package dev.baton.policy.hold;

import org.jspecify.annotations.NullMarked;
