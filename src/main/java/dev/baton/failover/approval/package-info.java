/** What people agree to, and what is asked of them: pure, and told from the policy's demands. */
@NullMarked
@NamedInterface("approval")
package dev.baton.failover.approval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
