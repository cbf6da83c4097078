package dev.baton.policy.hold;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Baton starts.
 *
 * @param startClosed whether everything is held back from the start, until somebody ends that hold
 */
@ConfigurationProperties("baton.holds")
record HoldProperties(@DefaultValue("false") boolean startClosed) {}
