/**
 * The values every module speaks. They use the JDK only, but for the annotations that say how each
 * stands in JSON.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.baton.core;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
