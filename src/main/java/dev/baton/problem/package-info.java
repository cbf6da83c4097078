/** The problems that Baton answers with (RFC 9457), and how a request is read. */
@NullMarked
@ApplicationModule(allowedDependencies = {"core"})
package dev.baton.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
