/** What AWS shows beside what was recorded, at a start: pure. */
@NullMarked
package dev.baton.failover.comparison;

import org.jspecify.annotations.NullMarked;
