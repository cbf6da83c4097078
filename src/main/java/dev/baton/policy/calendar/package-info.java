/** Times that come round: windows in which nothing is to be moved, by the clock of a place. */
@NullMarked
package dev.baton.policy.calendar;

import org.jspecify.annotations.NullMarked;
