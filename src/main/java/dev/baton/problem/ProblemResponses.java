package dev.baton.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a problem as {@code application/problem+json}, whatever the caller accepts: a refusal that
 * is itself refused with 406 would help nobody.
 */
@Component
public final class ProblemResponses {
  private final JsonMapper mapper;

  ProblemResponses(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** Answers the request with the problem, unless an answer is on its way already. */
  public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(problem, request.getRequestURI(), response);
  }

  void write(Problem problem, String instance, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("type", problem.type().uri().toString());
    body.put("title", problem.type().title());
    body.put("status", problem.type().status());
    body.put("detail", problem.detail());
    body.put("instance", instance);
    problem.properties().forEach(body::putIfAbsent);
    var bytes = mapper.writeValueAsBytes(body);
    response.resetBuffer();
    response.setStatus(problem.type().status());
    problem.headers().forEach(response::setHeader);
    // Refusals made before the security filters run need these as much as those made after.
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
