/** What is to be done next about a failover: pure, so that it can be run through any fault. */
@NullMarked
@NamedInterface("process")
package dev.baton.failover.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
