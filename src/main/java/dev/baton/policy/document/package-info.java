/**
 * Texts in YAML or JSON as values that know where they stand, so that errors can name the place.
 */
@NullMarked
package dev.baton.policy.document;

import org.jspecify.annotations.NullMarked;
