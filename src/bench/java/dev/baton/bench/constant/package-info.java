/** What is put beside the application in the processes that are measured, and only there. */
@NullMarked
package dev.baton.bench.constant;

import org.jspecify.annotations.NullMarked;
