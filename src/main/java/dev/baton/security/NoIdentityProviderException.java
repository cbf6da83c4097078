package dev.baton.security;

import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Neither the local profile nor an identity provider: nobody could prove who they are. */
final class NoIdentityProviderException extends RuntimeException {
  private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";
  private static final List<String> WAYS =
      List.of(JWT + "issuer-uri", JWT + "jwk-set-uri", JWT + "public-key-location");

  private NoIdentityProviderException() {
    super("no identity provider is configured and the profile is not local");
  }

  static void throwIfMissing(Environment environment) {
    if (WAYS.stream().noneMatch(way -> StringUtils.hasText(environment.getProperty(way)))) {
      throw new NoIdentityProviderException();
    }
  }
}
