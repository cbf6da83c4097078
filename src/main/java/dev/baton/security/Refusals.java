package dev.baton.security;

import dev.baton.core.Permission;
import dev.baton.problem.Problem;
import dev.baton.problem.ProblemResponses;
import dev.baton.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers who is not known, and who may not. */
@Component
final class Refusals implements AccessDeniedHandler {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);
  private static final Duration PROVIDER_IS_BACK = Duration.ofSeconds(5);

  private final ProblemResponses responses;

  Refusals(ProblemResponses responses) {
    this.responses = responses;
  }

  /** Answers 401; the challenge, if there is one, adds WWW-Authenticate. */
  AuthenticationEntryPoint unknownCaller(AuthenticationEntryPoint challenge, String credentials) {
    return (request, response, failure) -> {
      if (failure instanceof AuthenticationServiceException) {
        log.warn("The identity provider failed", failure);
        responses.write(providerIsAway(), request, response);
        return;
      }
      challenge.commence(request, response, failure);
      responses.write(
          new Problem(ProblemType.UNAUTHENTICATED, detail(request, credentials)),
          request,
          response);
    };
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    var demanded =
        denied instanceof AuthorizationDeniedException e
                && e.getAuthorizationResult() instanceof AccessRules.Denied reason
            ? reason.demanded()
            : Optional.<Permission>empty();
    var methods = AccessRules.methodsFor(request);
    var problem =
        demanded
            .map(permission -> lacking(permission, request.getUserPrincipal()))
            .orElseGet(() ->
                methods.isEmpty()
                    ? new Problem(ProblemType.NOT_FOUND, "There is no such endpoint.")
                    : wrongMethod(request.getMethod(), String.join(", ", methods)));
    responses.write(problem, request, response);
  }

  private static String detail(HttpServletRequest request, String credentials) {
    return request.getHeader("Authorization") == null
        ? "The request has no credentials; send " + credentials + "."
        : "The credentials are not accepted; send " + credentials + ".";
  }

  private static Problem wrongMethod(String method, String allowed) {
    return new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            "%s is not possible here; allowed: %s.".formatted(method, allowed))
        .withHeader("Allow", allowed);
  }

  private static Problem lacking(Permission demanded, Principal caller) {
    var granted =
        caller instanceof Authentication authentication
            ? authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(one -> one != null && Permission.ofScope(one).isPresent())
                .sorted()
                .toList()
            : List.<String>of();
    return new Problem(
            ProblemType.FORBIDDEN,
            "This demands the permission %s; %s has %s."
                .formatted(
                    demanded.scope(),
                    caller.getName(),
                    granted.isEmpty() ? "none" : String.join(", ", granted)))
        .with("demandedPermission", demanded.scope())
        .with("grantedPermissions", granted);
  }

  private static Problem providerIsAway() {
    return new Problem(
            ProblemType.IDENTITY_PROVIDER_UNAVAILABLE,
            "The token can't be checked: the identity provider does not answer.")
        .retryAfter(PROVIDER_IS_BACK);
  }
}
