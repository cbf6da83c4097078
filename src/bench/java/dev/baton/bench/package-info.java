/** How fast Baton is, as ratios that are measured in one run: {@code mvn -Pbench verify}. */
@NullMarked
package dev.baton.bench;

import org.jspecify.annotations.NullMarked;
