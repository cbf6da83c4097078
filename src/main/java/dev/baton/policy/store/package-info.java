/** The policies that are in force: their versions in PostgreSQL, and how people change them. */
@NullMarked
package dev.baton.policy.store;

import org.jspecify.annotations.NullMarked;
