package dev.baton.policy;

import dev.baton.policy.calendar.Window;
import java.util.Optional;

/**
 * A time in which nothing is to be moved.
 *
 * @param reason why, in the policy's words
 */
record FreezeWindow(Window window, Optional<String> reason) {}
