package dev.baton.security;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.baton.core.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which permission each endpoint demands. What is not in the table is not open to anyone. */
final class AccessRules implements AuthorizationManager<RequestAuthorizationContext> {
  private static final List<Rule> TABLE =
      List.of(
          open("/actuator/health/**"),
          open("/problems/**"),
          open("/schemas/**"),
          open("/v3/api-docs"),
          open("/v3/api-docs.yaml"),
          demands(Permission.FAILOVER_READ, GET, "/v1/failovers/**"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/failovers"),
          demands(Permission.FAILOVER_REQUEST, PATCH, "/v1/failovers/{id}"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/failovers/{id}/resolve"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/failovers/{id}/cancel"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/failovers/{id}/failback"),
          demands(Permission.FAILOVER_APPROVE, POST, "/v1/failovers/{id}/approve"),
          demands(Permission.FAILOVER_APPROVE, POST, "/v1/failovers/{id}/reject"),
          demands(Permission.FAILOVER_APPROVE, POST, "/v1/failovers/{id}/acknowledge"),
          demands(Permission.FAILOVER_READ, GET, "/v1/evacuations/**"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/evacuations"),
          demands(Permission.FAILOVER_APPROVE, POST, "/v1/evacuations/{id}/approve"),
          demands(Permission.FAILOVER_APPROVE, POST, "/v1/evacuations/{id}/reject"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/evacuations/{id}/pause"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/evacuations/{id}/resume"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/evacuations/{id}/abort"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/evacuations/{id}/retry"),
          demands(Permission.FAILOVER_REQUEST, POST, "/v1/evacuations/{id}/rollback"),
          demands(Permission.FAILOVER_READ, GET, "/v1/global-datastores/**"),
          demands(Permission.FAILOVER_READ, GET, "/v1/policies/**"),
          demands(Permission.POLICY_WRITE, POST, "/v1/policies/evaluate"),
          demands(Permission.POLICY_WRITE, POST, "/v1/policies/{name}/backtest"),
          demands(Permission.POLICY_WRITE, PUT, "/v1/policies/{name}"),
          demands(Permission.POLICY_WRITE, DELETE, "/v1/policies/{name}"),
          demands(Permission.FAILOVER_READ, GET, "/v1/holds/**"),
          demands(Permission.HOLD_WRITE, POST, "/v1/holds"),
          demands(Permission.HOLD_WRITE, DELETE, "/v1/holds/{id}"),
          demands(Permission.AUDIT_READ, GET, "/v1/audit/**"),
          demands(Permission.ADMIN, GET, "/actuator/**"),
          demands(Permission.ADMIN, POST, "/actuator/**"));

  private record Rule(
      HttpMethod method,
      String pattern,
      PathPatternRequestMatcher path,
      Optional<Permission> demanded) {
    boolean isFor(HttpServletRequest request) {
      return allows(request.getMethod()) && path.matches(request);
    }

    boolean allows(String name) {
      return method.matches(name) || (method.equals(GET) && HEAD.matches(name));
    }
  }

  /** Why a request was denied: a permission is missing, or there is no such endpoint. */
  static final class Denied extends AuthorizationDecision {
    private final transient Optional<Permission> demanded;

    Denied(Optional<Permission> demanded) {
      super(false);
      this.demanded = demanded;
    }

    Optional<Permission> demanded() {
      return demanded;
    }
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
    var rule = TABLE.stream().filter(one -> one.isFor(context.getRequest())).findFirst();
    var demanded = rule.flatMap(Rule::demanded);
    var granted =
        rule.isPresent() && demanded.map(permission -> has(caller.get(), permission)).orElse(true);
    return granted ? new AuthorizationDecision(true) : new Denied(demanded);
  }

  /** The methods that the table has for the path of the request: none if it is unknown. */
  static Set<String> methodsFor(HttpServletRequest request) {
    var methods = new TreeSet<String>();
    for (var rule : TABLE) {
      if (rule.path().matches(request)) {
        methods.add(rule.method().name());
      }
    }
    return methods;
  }

  /** What an endpoint demands, given its path with or without variables. */
  static Optional<Permission> demandedOf(String method, String path) {
    var concrete = PathContainer.parsePath(path.replaceAll("[{}]", ""));
    return TABLE.stream()
        .filter(rule -> rule.allows(method))
        .filter(rule -> PathPatternParser.defaultInstance.parse(rule.pattern()).matches(concrete))
        .findFirst()
        .flatMap(Rule::demanded);
  }

  private static boolean has(@Nullable Authentication caller, Permission demanded) {
    return caller != null
        && caller.isAuthenticated()
        && caller.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .anyMatch(demanded.scope()::equals);
  }

  private static Rule open(String pattern) {
    return new Rule(GET, pattern, PathPatternRequestMatcher.pathPattern(pattern), Optional.empty());
  }

  private static Rule demands(Permission permission, HttpMethod method, String pattern) {
    return new Rule(
        method, pattern, PathPatternRequestMatcher.pathPattern(pattern), Optional.of(permission));
  }
}
