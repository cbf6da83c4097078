package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditEntryView;
import dev.baton.audit.AuditStream;
import dev.baton.problem.QueryRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** Answers who wants to know what happened to something, and what happens. */
@Component
class ProgressAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressAnswers.class);
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final ProgressFeed feed;
  private final EventText texts;
  private final OpenAnswers answers;

  ProgressAnswers(ProgressFeed feed, EventText texts, OpenAnswers answers) {
    this.feed = feed;
    this.texts = texts;
    this.answers = answers;
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
  void stream(
      ProgressStream kind, String id, HttpServletRequest http, HttpServletResponse response) {
    var heard = heard(kind, id, http);
    if (heard.isOver()) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return;
    }
    tell(
        MediaType.TEXT_EVENT_STREAM,
        http,
        response,
        out -> feed.tell(heard.stream, heard.known, heard.after, EventStream.open(out, texts)));
  }

  /** The same for a terminal. */
  void watch(
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
    tell(
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

  /** Tells as it happens, and ends the answer with it. */
  private void tell(
      MediaType type,
      HttpServletRequest http,
      HttpServletResponse response,
      OpenAnswers.Telling telling) {
    response.setContentType(type.toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // Proxies such as nginx would keep events back until there are enough of them.
    response.setHeader("X-Accel-Buffering", "no");
    if (HttpMethod.HEAD.matches(http.getMethod())) {
      return;
    }
    try {
      answers.open(http, response, telling);
    } catch (IOException nobodyListens) {
      LOG.debug("Whoever asked for {} hung up", http.getRequestURI(), nobodyListens);
    }
  }
}
