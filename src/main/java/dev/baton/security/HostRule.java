package dev.baton.security;

import dev.baton.problem.Problem;
import dev.baton.problem.ProblemResponses;
import dev.baton.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests meant for another name: a web page can point its own name at this address and
 * would then be of the same origin as Baton. Forwarded headers don't count, for such a page can
 * send them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HostRule extends OncePerRequestFilter {
  private final List<String> hosts;
  private final ProblemResponses responses;

  HostRule(HttpSettings settings, ProblemResponses responses) {
    this.hosts = settings.hosts();
    this.responses = responses;
  }

  /** Probes go by address, and health tells nothing that a page could use. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    return path.equals("/actuator/health")
        || path.equals("/actuator/health/liveness")
        || path.equals("/actuator/health/readiness");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (hosts.contains(name(request.getHeader(HttpHeaders.HOST)))) {
      chain.doFilter(request, response);
      return;
    }
    // The names that would be right are not given away, nor the wrong one repeated.
    responses.write(
        new Problem(
            ProblemType.MISDIRECTED_REQUEST,
            "The Host header names a host that is not one of baton.http.hosts."),
        request,
        response);
  }

  private static String name(@Nullable String host) {
    return host == null ? "" : host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }
}
