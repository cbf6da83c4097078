package dev.baton.violations.two;

import dev.baton.violations.one.First;
import java.util.List;

/** The other half of a cycle. */
public record Second(First first, List<First> others) {}
