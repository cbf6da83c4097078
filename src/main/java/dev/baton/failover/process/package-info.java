/** What is to be done next about a failover: pure, so that it can be run through any fault. */
@NullMarked
package dev.baton.failover.process;

import org.jspecify.annotations.NullMarked;
