package dev.baton.progress;

import dev.baton.audit.AuditEntryView;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/evacuations/{id}")
@Tag(name = "Evacuations")
class EvacuationProgressController {
  private final ProgressAnswers answers;
  private final InstantSource clock;

  EvacuationProgressController(ProgressAnswers answers, InstantSource clock) {
    this.answers = answers;
    this.clock = clock;
  }

  /** All that happened to an evacuation, in order. */
  @Schema(name = "EvacuationEvents")
  record Events(List<AuditEntryView> items) {}

  /** Claims every format, so that who accepts anything gets this one rather than the stream. */
  @GetMapping(
      path = "/events",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
  @Operation(
      operationId = "listEvacuationEvents",
      summary = "All that happened to an evacuation, at once or as it happens")
  @ApiResponse(
      responseCode = "200",
      description = "What happened",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Events.class)),
        @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string"))
      })
  @EventsAnswer
  Events events(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http)
      throws HttpMediaTypeNotAcceptableException {
    return new Events(answers.events(ProgressStream.EVACUATION, id, http));
  }

  @Hidden
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(@PathVariable String id, HttpServletRequest http, HttpServletResponse response) {
    answers.stream(ProgressStream.EVACUATION, id, http, response);
  }

  @GetMapping(path = "/watch", produces = MediaType.TEXT_PLAIN_VALUE)
  @Operation(
      operationId = "watchEvacuation",
      summary = "Follow an evacuation in a terminal (curl -N)")
  @WatchAnswer
  void watch(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http,
      HttpServletResponse response) {
    answers.watch(
        ProgressStream.EVACUATION,
        id,
        http,
        response,
        (out, colour, first) -> new EvacuationWatch(out, colour, clock, first));
  }
}
