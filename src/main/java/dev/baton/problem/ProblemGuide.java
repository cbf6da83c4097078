package dev.baton.problem;

import java.util.List;

/**
 * What somebody needs to know who got a problem in the middle of an incident.
 *
 * @param meaning what happened, and what did not
 * @param cause why it happens
 * @param steps what to do, in this order
 */
record ProblemGuide(String meaning, String cause, List<String> steps) {
  ProblemGuide {
    steps = List.copyOf(steps);
    if (meaning.isBlank() || cause.isBlank() || steps.isEmpty()) {
      throw new IllegalArgumentException("a guide says what it means, why, and what to do");
    }
  }
}
