/** Many failovers as one operation: to leave a Region with all that is in it. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "core",
      "problem",
      "audit",
      "globaldatastore",
      "policy",
      "policy :: pattern",
      "failover",
      "failover :: approval",
      "failover :: process"
    })
package dev.baton.evacuation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
