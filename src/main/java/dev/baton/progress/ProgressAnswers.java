package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditEntryView;
import dev.baton.audit.AuditStream;
import dev.baton.problem.QueryRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** Answers who wants to know what happened to something, and what happens. */
@Component
class ProgressAnswers {
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final ProgressFeed feed;
  private final JsonMapper json;

  ProgressAnswers(ProgressFeed feed, JsonMapper json) {
    this.feed = feed;
    this.json = json;
  }

  /** Makes the listener that a watcher in a terminal hears by. */
  interface Watching {
    ProgressFeed.Listener of(OutputStream out, boolean colour, AuditEntry first);
  }

  /** What has happened so far. */
  List<AuditEntryView> events(ProgressStream kind, String id, HttpServletRequest http)
      throws HttpMediaTypeNotAcceptableException {
    refuseIfNotJson(http);
    return heard(kind, id, http).news().map(AuditEntryView::of).toList();
  }

  /** That and what follows, as server-sent events. */
  ResponseEntity<StreamingResponseBody> stream(
      ProgressStream kind, String id, HttpServletRequest http, HttpServletResponse response) {
    var heard = heard(kind, id, http);
    return heard.isOver()
        ? ResponseEntity.noContent().build()
        : streamed(
            MediaType.TEXT_EVENT_STREAM,
            http,
            response,
            out -> feed.tell(heard.stream, heard.known, heard.after, EventStream.open(out, json)));
  }

  /** The same for a terminal. */
  ResponseEntity<StreamingResponseBody> watch(
      ProgressStream kind,
      String id,
      HttpServletRequest http,
      HttpServletResponse response,
      Watching watching) {
    var query = QueryRequest.of(http);
    var colour = query.flag("color");
    query.finish();
    var stream = kind.of(id);
    var known = feed.known(kind, stream);
    return streamed(
        TEXT,
        http,
        response,
        out -> feed.tell(stream, known, 0, watching.of(out, colour, known.getFirst())));
  }

  private static void refuseIfNotJson(HttpServletRequest http)
      throws HttpMediaTypeNotAcceptableException {
    var accepted = Collections.list(http.getHeaders(HttpHeaders.ACCEPT));
    if (!accepted.isEmpty()
        && MediaType.parseMediaTypes(accepted).stream()
            .noneMatch(it -> it.includes(MediaType.APPLICATION_JSON))) {
      throw new HttpMediaTypeNotAcceptableException(
          List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM));
    }
  }

  /** What there is of a stream, and what of it the caller has heard. */
  private record Heard(AuditStream stream, List<AuditEntry> known, long after) {
    Stream<AuditEntry> news() {
      return known.stream().filter(entry -> entry.sequence() > after);
    }

    boolean isOver() {
      return ProgressStream.end(known).filter(end -> end.sequence() <= after).isPresent();
    }
  }

  private Heard heard(ProgressStream kind, String id, HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var after = LastEvent.of(query, http);
    query.finish();
    var stream = kind.of(id);
    var known = feed.known(kind, stream);
    LastEvent.refuseIfAfter(known.getLast().sequence(), after);
    return new Heard(stream, known, after);
  }

  /**
   * Answers as it happens. What Spring 7 hands to a body swallows each flush, so that nothing would
   * be sent before its buffer is full: the container's own stream doesn't.
   */
  private static ResponseEntity<StreamingResponseBody> streamed(
      MediaType type,
      HttpServletRequest http,
      HttpServletResponse response,
      StreamingResponseBody body) {
    var answer =
        ResponseEntity.ok()
            .contentType(type)
            .cacheControl(CacheControl.noStore())
            // Proxies such as nginx would keep events back until there are enough of them.
            .header("X-Accel-Buffering", "no");
    return HttpMethod.HEAD.matches(http.getMethod())
        ? answer.build()
        : answer.body(_ -> body.writeTo(response.getOutputStream()));
  }
}
