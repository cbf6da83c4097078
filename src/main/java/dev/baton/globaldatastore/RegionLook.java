package dev.baton.globaldatastore;

import dev.baton.core.GlobalDatastoreId;
import java.util.Set;

/**
 * An observer has looked at a Region. Published after what was seen is committed.
 *
 * @param hasAnswered whether the Region answered
 * @param wanted the Global datastores on which something is under way
 */
record RegionLook(Place place, boolean hasAnswered, Set<GlobalDatastoreId> wanted) {
  RegionLook {
    wanted = Set.copyOf(wanted);
  }
}
