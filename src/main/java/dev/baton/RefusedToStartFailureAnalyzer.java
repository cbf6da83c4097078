package dev.baton;

import dev.baton.core.RefusedToStartException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints why Baton refuses to start, and what to do, instead of a stack trace. */
class RefusedToStartFailureAnalyzer extends AbstractFailureAnalyzer<RefusedToStartException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, RefusedToStartException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), root);
  }
}
