/** The audit log: append, read, follow. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "problem"})
package dev.baton.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
