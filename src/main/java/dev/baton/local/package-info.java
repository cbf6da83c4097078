/** What the local profile brings along: a database, a simulator, demo users. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core", "globaldatastore", "simulator"})
package dev.baton.local;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
