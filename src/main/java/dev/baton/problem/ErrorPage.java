package dev.baton.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the container dispatches to when something fails outside the controllers. */
@Hidden
@Controller
final class ErrorPage implements ErrorController {
  private final ProblemResponses responses;

  ErrorPage(ProblemResponses responses) {
    this.responses = responses;
  }

  @RequestMapping("${spring.web.error.path:/error}")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var path =
        Objects.toString(
            request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), request.getRequestURI());
    var what = request.getMethod() + " " + path;
    var problem =
        request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception failure
            ? Failures.problem(failure, what)
            : Failures.problem(status(request), what);
    responses.write(problem, path, response);
  }

  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : 404;
  }
}
