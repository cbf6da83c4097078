package dev.baton.failover;

import dev.baton.core.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/failovers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Failovers")
class FailbackController {
  private final FailoverFinder finder;
  private final Failbacks failbacks;
  private final FailoverRequestReader reader;
  private final FailoverAnswers answers;

  FailbackController(
      FailoverFinder finder,
      Failbacks failbacks,
      FailoverRequestReader reader,
      FailoverAnswers answers) {
    this.finder = finder;
    this.failbacks = failbacks;
    this.reader = reader;
    this.answers = answers;
  }

  /** In which way it is to be taken back. */
  @Schema(name = "FailbackRequest", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "Why; becomes the reason of the failback.",
              maxLength = 1000,
              example = "us-east-1 has been sound for a day")
          String comment,
      @Schema(
              type = "string",
              allowableValues = {"SWITCHOVER", "FAILOVER"},
              defaultValue = "SWITCHOVER")
          String mode,
      @Schema(description = "A ticket.", maxLength = 255, example = "OPS-1234") String reference,
      @Schema(description = "Must be true for FAILOVER.", defaultValue = "false")
          boolean acceptDataLoss,
      @Schema(
              description =
                  "How long the failover must have been over first, as an ISO 8601 duration.",
              type = "string",
              example = "PT30M")
          String soak,
      @Schema(description = "When it is to start, if not at once.") Instant scheduledFor,
      @Schema(description = "Not sent by then, it expires.") Instant startBefore,
      @Schema(description = "Rules and holds to set aside; needs failover:break-glass.")
          List<String> overrides) {}

  @PostMapping(path = "/failback", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "failBack",
      summary = "Take a failover back: request the reverse one",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @AcceptedFailover
  ResponseEntity<?> failBack(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var failover = finder.find(id);
    return answers.answer(
        http,
        body,
        caller,
        "failback of " + failover.id(),
        fields -> {
          failbacks.refuseUnlessPossible(failover);
          return reader.readFailback(fields, caller, failover);
        });
  }
}
