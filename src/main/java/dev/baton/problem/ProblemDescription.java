package dev.baton.problem;

import java.util.List;

/**
 * A type of problem, for everyone who meets it.
 *
 * @param remedy what to do, in a sentence
 * @param meaning what happened, and what did not
 * @param cause why it happens
 * @param steps what to do, at length and in order
 */
record ProblemDescription(
    String type,
    String title,
    int status,
    String meaning,
    String cause,
    String remedy,
    List<String> steps) {

  static ProblemDescription of(ProblemType type, ProblemGuide guide) {
    return new ProblemDescription(
        type.uri().toString(),
        type.title(),
        type.status(),
        guide.meaning(),
        guide.cause(),
        type.remedy(),
        guide.steps());
  }
}
