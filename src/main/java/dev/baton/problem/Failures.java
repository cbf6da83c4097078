package dev.baton.problem;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** The one place where an exception becomes a problem. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final Duration DATABASE_IS_BACK = Duration.ofSeconds(2);
  private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

  private Failures() {}

  static Problem problem(Throwable failure, String what) {
    if (DatabaseFailures.isPassing(failure)) {
      log.warn("The database failed {}", what, failure);
      return new Problem(
              ProblemType.DATABASE_UNAVAILABLE,
              "The database did not answer. Whether the request took effect is not known.")
          .retryAfter(DATABASE_IS_BACK);
    }
    return switch (failure) {
      case ProblemException e -> e.problem();
      case HttpMessageNotReadableException _ ->
          new Problem(
              ProblemType.MALFORMED_BODY,
              "The body is missing or can't be read as what this endpoint takes.");
      case MethodArgumentNotValidException e -> invalid(violations(e));
      case MethodArgumentTypeMismatchException e ->
          invalid(List.of(new Violation(e.getName(), "is not valid")));
      case TypeMismatchException _ ->
          new Problem(ProblemType.INVALID_REQUEST, "A value has the wrong type.");
      case ErrorResponse e when e.getStatusCode().value() < 500 || isBusy(e) -> framework(e);
      default -> unexpected(failure, what);
    };
  }

  /** For a failure that has a status and no exception. */
  static Problem problem(int status, String what) {
    var type = ProblemType.ofStatus(status);
    return switch (type) {
      case INTERNAL_ERROR -> unexpected(new IllegalStateException("status " + status), what);
      case UNAVAILABLE -> new Problem(type, type.remedy()).retryAfter(USUAL_WAIT);
      case INVALID_REQUEST -> new Problem(type, "The request is not valid HTTP.");
      default -> new Problem(type, type.remedy());
    };
  }

  private static boolean isBusy(ErrorResponse failure) {
    return failure.getStatusCode().value() == 503;
  }

  private static Problem framework(ErrorResponse failure) {
    var type = ProblemType.ofStatus(failure.getStatusCode().value());
    var detail = failure.getBody().getDetail();
    var problem = new Problem(type, detail == null ? type.remedy() : detail);
    for (var name : List.of(HttpHeaders.ALLOW, HttpHeaders.ACCEPT)) {
      var value = String.join(", ", failure.getHeaders().getOrEmpty(name));
      problem = value.isEmpty() ? problem : problem.withHeader(name, value);
    }
    return type == ProblemType.UNAVAILABLE ? problem.retryAfter(USUAL_WAIT) : problem;
  }

  private static List<Violation> violations(MethodArgumentNotValidException failure) {
    return failure.getFieldErrors().stream()
        .map(error -> {
          var message = error.getDefaultMessage();
          return new Violation(error.getField(), message == null ? "is not valid" : message);
        })
        .toList();
  }

  private static Problem invalid(List<Violation> violations) {
    return new Problem(ProblemType.INVALID_REQUEST, "The request has violations.")
        .with("violations", violations);
  }

  private static Problem unexpected(Throwable failure, String what) {
    var id = UUID.randomUUID().toString();
    log.error("Error {} {}", id, what, failure);
    return new Problem(
            ProblemType.INTERNAL_ERROR,
            "Something unexpected happened; the log of the service has it as error %s."
                .formatted(id))
        .with("errorId", id);
  }
}
