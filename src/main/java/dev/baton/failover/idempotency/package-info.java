/** Requests that are repeated until their answer is known: under a key there is one. */
@NullMarked
package dev.baton.failover.idempotency;

import org.jspecify.annotations.NullMarked;
