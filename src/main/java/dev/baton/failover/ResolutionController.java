package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(path = "/v1/failovers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Failovers")
class ResolutionController {
  private final FailoverFinder finder;
  private final FailoverInterventions interventions;
  private final JsonMapper json;
  private final InstantSource clock;

  ResolutionController(
      FailoverFinder finder,
      FailoverInterventions interventions,
      JsonMapper json,
      InstantSource clock) {
    this.finder = finder;
    this.interventions = interventions;
    this.json = json;
    this.clock = clock;
  }

  /** What is said. */
  @Schema(
      name = "FailoverResolution",
      additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "What you saw at AWS.",
              example = "NONE")
          Resolution.Outcome outcome,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "How you know; kept in the audit log.",
              maxLength = CommentedAction.LONGEST_COMMENT,
              example = "AWS support says that the call was dropped")
          String comment) {}

  @PostMapping(path = "/resolve", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "resolveFailover",
      summary = "End by hand a failover whose fate is open",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @FailoverAnswer
  ResponseEntity<FailoverView> resolve(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Actor actor) {
    QueryRequest.of(http).finish();
    var resolution = read(JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json));
    var failover = finder.find(id);
    var resolved =
        interventions
            .resolve(failover.id(), resolution, actor)
            .orElseThrow(() -> refused(finder.find(id)));
    return ResponseEntity.ok().eTag(FailoverView.eTag(resolved)).body(FailoverView.of(resolved));
  }

  private static Resolution read(JsonRequest fields) {
    var outcome = fields.requiredChoice("outcome", Resolution.Outcome.class);
    var comment = fields.requiredText("comment", CommentedAction.LONGEST_COMMENT);
    fields.finish();
    return new Resolution(outcome.orElseThrow(), comment.orElseThrow());
  }

  private ProblemException refused(Failover failover) {
    if (!Succession.isOpen(failover)) {
      return new ProblemException(
          ProblemType.NOT_RESOLVABLE,
          "The failover is %s; by hand ends only what is OUTCOME_UNKNOWN or STALLED."
              .formatted(failover.status()));
    }
    var landed = failover.snapshot().landedAt();
    return new ProblemException(
            ProblemType.NOT_RESOLVABLE,
            "A call of it may still be on its way until %s; until then nobody can tell."
                .formatted(landed))
        .retryAfter(Duration.between(clock.instant(), landed).plusSeconds(1));
  }
}
