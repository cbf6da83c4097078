package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditEntryView;
import dev.baton.audit.AuditStream;
import dev.baton.audit.AuditTail;
import dev.baton.audit.AuditTrail;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/v1/failovers/{id}")
@Tag(name = "Failovers")
class ProgressController {
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
  private static final int PAGE = 1_000;
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  private final AuditTrail trail;
  private final AuditTail tail;
  private final InstantSource clock;

  ProgressController(AuditTrail trail, AuditTail tail, InstantSource clock) {
    this.trail = trail;
    this.tail = tail;
    this.clock = clock;
  }

  /** All that happened to a failover, in order. */
  @Schema(name = "FailoverEvents")
  record Events(List<AuditEntryView> items) {}

  @GetMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "listFailoverEvents", summary = "All that happened to a failover")
  Events events(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    return new Events(known(FailoverStream.of(id)).stream().map(AuditEntryView::of).toList());
  }

  @GetMapping(path = "/watch", produces = MediaType.TEXT_PLAIN_VALUE)
  @Operation(operationId = "watchFailover", summary = "Follow a failover in a terminal (curl -N)")
  @ApiResponse(
      responseCode = "200",
      description = "A line for each event, until the last",
      content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
  ResponseEntity<StreamingResponseBody> watch(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    var stream = FailoverStream.of(id);
    var entries = known(stream);
    return ResponseEntity.ok()
        .contentType(TEXT)
        .cacheControl(CacheControl.noStore())
        .body(out -> follow(stream, entries, out));
  }

  private List<AuditEntry> known(AuditStream stream) {
    var entries = new ArrayList<AuditEntry>();
    for (List<AuditEntry> page; ; entries.addAll(page)) {
      page = trail.stream(stream, entries.size(), PAGE);
      if (page.isEmpty()) {
        break;
      }
    }
    if (entries.isEmpty()) {
      throw FailoverStream.unknown();
    }
    return entries;
  }

  private void follow(AuditStream stream, List<AuditEntry> known, OutputStream out)
      throws IOException {
    var start = known.getFirst().occurredAt();
    if (wrote(known, start, out)) {
      return;
    }
    var last = known.getLast();
    try (var follower = tail.follow(stream, last.sequence())) {
      while (!follower.isClosed()) {
        var entries = follower.next(SIGN_OF_LIFE);
        if (entries.isEmpty()) {
          print(WatchLine.still(last, start, clock.instant()), out);
        } else if (wrote(entries, start, out)) {
          return;
        } else {
          last = entries.getLast();
        }
      }
      print("No more from this instance; watch again.", out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the failover is over with the last line. */
  private static boolean wrote(List<AuditEntry> entries, Instant start, OutputStream out)
      throws IOException {
    for (var entry : entries) {
      print(WatchLine.of(entry, start), out);
      if (FailoverStream.isEnd(entry)) {
        return true;
      }
    }
    return false;
  }

  private static void print(String line, OutputStream out) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
