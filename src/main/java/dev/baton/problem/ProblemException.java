package dev.baton.problem;

import java.time.Duration;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(ProblemType type, String detail) {
    this(new Problem(type, detail));
  }

  public ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /** The same with one more extension member. */
  public ProblemException with(String property, Object value) {
    return new ProblemException(problem.with(property, value));
  }

  /** The same with a Retry-After header. */
  public ProblemException retryAfter(Duration wait) {
    return new ProblemException(problem.retryAfter(wait));
  }
}
