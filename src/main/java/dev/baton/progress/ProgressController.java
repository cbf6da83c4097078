package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditEntryView;
import dev.baton.audit.AuditStream;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/v1/failovers/{id}")
@Tag(name = "Failovers")
class ProgressController {
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final FailoverFeed feed;
  private final JsonMapper json;
  private final InstantSource clock;

  ProgressController(FailoverFeed feed, JsonMapper json, InstantSource clock) {
    this.feed = feed;
    this.json = json;
    this.clock = clock;
  }

  /** All that happened to a failover, in order. */
  @Schema(name = "FailoverEvents")
  record Events(List<AuditEntryView> items) {}

  /** Claims every format, so that who accepts anything gets this one rather than the stream. */
  @GetMapping(
      path = "/events",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
  @Operation(
      operationId = "listFailoverEvents",
      summary = "All that happened to a failover, at once or as it happens")
  @Parameter(
      name = LastEvent.HEADER,
      in = ParameterIn.HEADER,
      description =
          "The sequence of the last event that is known already: only what follows is told.",
      schema = @Schema(type = "integer", format = "int64", minimum = "0"),
      example = "3")
  @ApiResponse(
      responseCode = "200",
      description = "What happened",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Events.class)),
        @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "204",
      description = "Of an event stream: the last event is known; don't connect again",
      content = @Content)
  Events events(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http)
      throws HttpMediaTypeNotAcceptableException {
    refuseIfNotJson(http);
    return new Events(heard(id, http).news().map(AuditEntryView::of).toList());
  }

  @Hidden
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<StreamingResponseBody> stream(@PathVariable String id, HttpServletRequest http) {
    var heard = heard(id, http);
    return heard.isOver()
        ? ResponseEntity.noContent().build()
        : streamed(
            MediaType.TEXT_EVENT_STREAM,
            http,
            out -> feed.tell(heard.stream, heard.known, heard.after, EventStream.open(out, json)));
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
      return known.stream().anyMatch(it -> FailoverStream.isEnd(it) && it.sequence() <= after);
    }
  }

  private Heard heard(String id, HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var after = LastEvent.of(query, http);
    query.finish();
    var stream = FailoverStream.of(id);
    var known = feed.known(stream);
    LastEvent.refuseIfAfter(known.getLast().sequence(), after);
    return new Heard(stream, known, after);
  }

  @GetMapping(path = "/watch", produces = MediaType.TEXT_PLAIN_VALUE)
  @Operation(operationId = "watchFailover", summary = "Follow a failover in a terminal (curl -N)")
  @Parameter(
      name = "color",
      in = ParameterIn.QUERY,
      description = "Whether to colour it, by ANSI's escape sequences.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @ApiResponse(
      responseCode = "200",
      description = "A line for each event until the last, then how long each step took",
      content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
  ResponseEntity<StreamingResponseBody> watch(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var colour = query.flag("color");
    query.finish();
    var stream = FailoverStream.of(id);
    var known = feed.known(stream);
    return streamed(
        TEXT,
        http,
        out -> feed.tell(stream, known, 0, new WatchText(out, colour, clock, known.getFirst())));
  }

  private static ResponseEntity<StreamingResponseBody> streamed(
      MediaType type, HttpServletRequest http, StreamingResponseBody body) {
    var answer =
        ResponseEntity.ok()
            .contentType(type)
            .cacheControl(CacheControl.noStore())
            // Proxies such as nginx would keep events back until there are enough of them.
            .header("X-Accel-Buffering", "no");
    return HttpMethod.HEAD.matches(http.getMethod()) ? answer.build() : answer.body(body);
  }
}
