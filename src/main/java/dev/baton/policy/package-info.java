/** Decides whether a failover may start. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "audit", "problem"})
package dev.baton.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
