package dev.baton.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers every exception of a controller, and of what leads to it, with a problem. */
@Hidden
@RestControllerAdvice
final class ProblemAdvice {
  private final ProblemResponses responses;

  ProblemAdvice(ProblemResponses responses) {
    this.responses = responses;
  }

  @ExceptionHandler
  void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
      // The security filters know whether to answer 401 or 403, and what to challenge with.
      throw failure;
    }
    if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      return;
    }
    responses.write(
        Failures.problem(failure, request.getMethod() + " " + request.getRequestURI()),
        request,
        response);
  }
}
