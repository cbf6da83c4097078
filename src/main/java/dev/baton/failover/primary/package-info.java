/** Where primaries are on record, and what shows that one has moved. */
@NullMarked
package dev.baton.failover.primary;

import org.jspecify.annotations.NullMarked;
