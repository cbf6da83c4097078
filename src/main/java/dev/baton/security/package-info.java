/** Who may do what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "problem"})
package dev.baton.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
