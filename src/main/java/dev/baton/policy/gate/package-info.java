/** The gate that calls pass, and that whoever changes what they are decided by closes. */
@NullMarked
package dev.baton.policy.gate;

import org.jspecify.annotations.NullMarked;
