/**
 * A world in which everything that happens follows from a seed: time, chance, hosts that die or
 * stand still, and a database in memory. Nothing here knows what runs in it.
 */
@NullMarked
package dev.baton.deterministic;

import org.jspecify.annotations.NullMarked;
