/**
 * ElastiCache and CloudWatch as a local HTTP endpoint: the actions Baton uses, a world of Global
 * datastores that changes as AWS's does, and faults to inject. Speaks AWS's wire format to whoever
 * asks; nothing in Baton depends on it and it depends on nothing of Baton.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.baton.simulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
