package dev.baton.security;

import dev.baton.problem.Problem;
import dev.baton.problem.ProblemResponses;
import dev.baton.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** What holds for every caller, however they prove who they are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HttpSettings.class, SecuritySettings.class})
class SecurityConfiguration {

  @Bean
  RequestRejectedHandler firewallAnswer(ProblemResponses responses) {
    return (request, response, rejected) ->
        responses.write(
            new Problem(
                ProblemType.INVALID_REQUEST,
                "The address, the method or a header has characters that are not accepted."),
            request,
            response);
  }

  /**
   * Security's filters aren't measured one by one: nobody looks at that, and it takes more than
   * what they do. What is refused is counted with all other answers.
   */
  @Bean
  static SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /**
   * No session and no cookie: a foreign page has nothing to ride on, so there are no CSRF tokens.
   * What a browser may add by itself (Basic credentials it remembers) is stopped by the content
   * type that every change demands and by the Host rule.
   */
  static HttpSecurity common(HttpSecurity http, Refusals refusals) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(handling -> handling.accessDeniedHandler(refusals))
        .authorizeHttpRequests(requests ->
            requests
                // Continuations of a request that was allowed.
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .anyRequest()
                .access(new AccessRules()));
  }
}
