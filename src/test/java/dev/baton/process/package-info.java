/** Tests on real processes of the built jar: started, stopped and killed. */
@NullMarked
package dev.baton.process;

import org.jspecify.annotations.NullMarked;
