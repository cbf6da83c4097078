package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.problem.EntityTags;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(path = "/v1/failovers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Failovers")
class InterventionController {
  private final FailoverFinder finder;
  private final FailoverInterventions interventions;
  private final FailoverRequestReader reader;
  private final FailoverScheduling scheduling;
  private final JsonMapper json;

  InterventionController(
      FailoverFinder finder,
      FailoverInterventions interventions,
      FailoverRequestReader reader,
      FailoverScheduling scheduling,
      JsonMapper json) {
    this.finder = finder;
    this.interventions = interventions;
    this.reader = reader;
    this.scheduling = scheduling;
    this.json = json;
  }

  /** When it is to start instead. */
  @Schema(
      name = "FailoverRescheduling",
      additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Times(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "When it is to start.")
          Instant scheduledFor,
      @Schema(description = "Not sent by then, it expires; left out, 15 minutes after the start.")
          Instant startBefore) {}

  @CommentedAction(
      path = "/approve",
      operationId = "approveFailover",
      summary = "Approve a failover that waits for it")
  ResponseEntity<FailoverView> approve(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return answer(interventions.approve(finder.find(id).id(), caller, comment));
  }

  @CommentedAction(
      path = "/reject",
      operationId = "rejectFailover",
      summary = "Reject a failover that waits for approval")
  ResponseEntity<FailoverView> reject(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return answer(interventions.reject(finder.find(id).id(), caller, comment));
  }

  @CommentedAction(
      path = "/cancel",
      operationId = "cancelFailover",
      summary = "Cancel a failover for which AWS has not been called")
  ResponseEntity<FailoverView> cancel(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return answer(interventions.cancel(finder.find(id).id(), caller.actor(), comment));
  }

  @CommentedAction(
      path = "/acknowledge",
      operationId = "acknowledgeFailover",
      summary = "Acknowledge that rules were set aside for a failover")
  ResponseEntity<FailoverView> acknowledge(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return answer(interventions.acknowledge(finder.find(id).id(), caller, comment));
  }

  @PatchMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "rescheduleFailover",
      summary = "Give a failover that has not started another time",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Times.class))))
  @FailoverAnswer
  @Parameter(
      name = HttpHeaders.IF_MATCH,
      in = ParameterIn.HEADER,
      required = true,
      description = "The ETag of the failover as you know it.",
      schema = @Schema(type = "string"),
      example = "\"5f0c1c9e-6d0e-4a52-b4b5-0d4cbe8d3a0c-3\"")
  ResponseEntity<FailoverView> reschedule(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    QueryRequest.of(http).finish();
    var wanted = reader.readRescheduling(parsed(body));
    var failover = finder.find(id);
    var ifMatch = EntityTags.of(http, HttpHeaders.IF_MATCH);
    if (ifMatch.isEmpty()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "To change the failover, send If-Match: %s, if that is the one you know."
              .formatted(FailoverView.eTag(failover)));
    }
    return answer(interventions.reschedule(failover.id(), caller, wanted, ifMatch));
  }

  private String comment(HttpServletRequest http, byte @Nullable [] body) {
    QueryRequest.of(http).finish();
    var fields = parsed(body);
    var comment = fields.requiredText("comment", CommentedAction.LONGEST_COMMENT);
    fields.finish();
    return comment.orElseThrow();
  }

  private JsonRequest parsed(byte @Nullable [] body) {
    return JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json);
  }

  private ResponseEntity<FailoverView> answer(Failover failover) {
    // Whoever was looking at it meanwhile may have missed the wake-up that was committed with it.
    scheduling.wake(failover.id());
    scheduling.startDue();
    return ResponseEntity.ok().eTag(FailoverView.eTag(failover)).body(FailoverView.of(failover));
  }
}
