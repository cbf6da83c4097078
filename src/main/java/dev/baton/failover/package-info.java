/** A failover from its request to its end: the record, the process, the attempts. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "problem", "audit", "globaldatastore", "policy"})
package dev.baton.failover;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
