/** What people agree to, and what is asked of them: pure, and told from the policy's demands. */
@NullMarked
package dev.baton.failover.approval;

import org.jspecify.annotations.NullMarked;
