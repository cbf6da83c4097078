package dev.baton.security;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/** Everywhere but in the local profile: tokens of an identity provider. */
@Configuration(proxyBeanMethods = false)
@Profile("!local")
class TokenSecurity {

  /** Looks before any bean is made: whatever else is missing, this is said first. */
  @Bean
  static BeanFactoryPostProcessor identityProviderCheck(Environment environment) {
    return _ -> NoIdentityProviderException.throwIfMissing(environment);
  }

  @Bean
  OAuth2TokenValidator<Jwt> tokenRules(SecuritySettings settings) {
    return new TokenRules(settings);
  }

  @Bean
  SecurityFilterChain bearer(
      HttpSecurity http, Refusals refusals, JwtDecoder decoder, SecuritySettings settings) {
    var challenge = new BearerTokenAuthenticationEntryPoint();
    challenge.setRealmName("baton");
    var unknown = refusals.unknownCaller(challenge, "a token of the identity provider as Bearer");
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(new TokenPermissions(settings));
    return SecurityConfiguration.common(http, refusals)
        .oauth2ResourceServer(server ->
            server
                .authenticationEntryPoint(unknown)
                .accessDeniedHandler(refusals)
                .jwt(jwt -> jwt.decoder(patient(decoder)).jwtAuthenticationConverter(converter))
                .withObjectPostProcessor(
                    new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                      @Override
                      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                        // Its own handler rethrows what the identity provider did not answer.
                        filter.setAuthenticationFailureHandler(unknown::commence);
                        return filter;
                      }
                    }))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(unknown))
        .build();
  }

  /** An identity provider that is away is no reason for a 500: the next request asks it again. */
  private static JwtDecoder patient(JwtDecoder decoder) {
    return token -> {
      try {
        return decoder.decode(token);
      } catch (JwtDecoderInitializationException e) {
        throw new JwtException("the identity provider does not answer", e);
      }
    };
  }
}
