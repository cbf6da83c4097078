/** Decides whether a failover may start. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core"})
package dev.baton.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
