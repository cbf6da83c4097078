/** Follows a stream of the audit log live. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "audit", "problem"})
package dev.baton.progress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
