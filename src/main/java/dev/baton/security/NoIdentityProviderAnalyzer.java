package dev.baton.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start-up what is missing, and the two ways out. */
final class NoIdentityProviderAnalyzer
    extends AbstractFailureAnalyzer<NoIdentityProviderException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, NoIdentityProviderException cause) {
    return new FailureAnalysis(
        "Baton does not know who may call it: no identity provider is configured, and the profile"
            + " local is not active.",
        """
        Either name the identity provider whose tokens it accepts, with
            spring.security.oauth2.resourceserver.jwt.issuer-uri (or jwk-set-uri),
        or, to try it on this machine with demo users, start it with
            SPRING_PROFILES_ACTIVE=local\
        """,
        cause);
  }
}
