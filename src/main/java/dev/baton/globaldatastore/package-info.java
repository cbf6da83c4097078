/**
 * Global datastores as AWS shows them: what was observed, the observers that look, and the ports to
 * AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "problem"})
package dev.baton.globaldatastore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
