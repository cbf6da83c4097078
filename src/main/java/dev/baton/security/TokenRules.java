package dev.baton.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a token needs beside a good signature: an end, a subject, and the audience if one is set.
 */
final class TokenRules implements OAuth2TokenValidator<Jwt> {
  private static final int LONGEST_SUBJECT = 255;
  private final String audience;

  TokenRules(SecuritySettings settings) {
    this.audience = settings.audience();
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    var errors = new ArrayList<OAuth2Error>();
    if (token.getExpiresAt() == null) {
      errors.add(invalid("The token has no exp claim: it would never end"));
    }
    var subject = token.getSubject();
    if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      errors.add(invalid("The token has no sub claim of 1 to 255 characters"));
    }
    List<String> audiences = token.getAudience();
    if (!audience.isBlank() && (audiences == null || !audiences.contains(audience))) {
      errors.add(invalid("The aud claim does not contain " + audience));
    }
    return OAuth2TokenValidatorResult.failure(errors);
  }

  private static OAuth2Error invalid(String description) {
    return new OAuth2Error("invalid_token", description, null);
  }
}
