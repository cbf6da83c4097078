package dev.baton.policy.store;

import dev.baton.policy.InvalidPolicyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever starts Baton what is wrong with the policy, without a stack trace. */
final class InvalidPolicyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPolicyException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPolicyException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the document, or name another one with baton.policy.location.",
        cause);
  }
}
