/** The values every module speaks. They use the JDK only. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.baton.core;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
