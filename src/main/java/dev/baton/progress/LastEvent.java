package dev.baton.progress;

import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.QueryRequest;
import dev.baton.problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Where a client of server-sent events was when it lost its connection. */
final class LastEvent {
  static final String HEADER = "Last-Event-ID";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private LastEvent() {}

  /** The sequence that is known; 0 if none is. What is wrong with it is noted in the query. */
  static long of(QueryRequest query, HttpServletRequest http) {
    return query.header(http, HEADER, LastEvent::sequence).orElse(0L);
  }

  /** Refuses a sequence that this stream has not come to: it is of another one. */
  static void refuseIfAfter(long youngest, long sequence) {
    if (sequence > youngest) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "The request has one violation.")
          .with(
              "violations",
              List.of(
                  new Violation(
                      HEADER,
                      "must be at most %d, the youngest event there is, but is %d"
                          .formatted(youngest, sequence))));
    }
  }

  private static long sequence(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("must be the id of an event, which is a whole number");
    }
    return Long.parseLong(text);
  }
}
