/** Baton: passes the primary role of an ElastiCache Global datastore between Regions. */
@NullMarked
package dev.baton;

import org.jspecify.annotations.NullMarked;
