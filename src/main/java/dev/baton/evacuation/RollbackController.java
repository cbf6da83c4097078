package dev.baton.evacuation;

import dev.baton.core.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/evacuations/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Evacuations")
class RollbackController {
  private final EvacuationFinder finder;
  private final EvacuationRequestReader reader;
  private final EvacuationDesk desk;
  private final EvacuationAnswers answers;

  RollbackController(
      EvacuationFinder finder,
      EvacuationRequestReader reader,
      EvacuationDesk desk,
      EvacuationAnswers answers) {
    this.finder = finder;
    this.reader = reader;
    this.desk = desk;
    this.answers = answers;
  }

  /** In which way it is to be taken back. */
  @Schema(
      name = "EvacuationRollbackRequest",
      additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "Why; becomes the reason of the new evacuation.",
              maxLength = 1000,
              example = "us-east-1 has been sound for a day")
          String comment,
      @Schema(
              type = "string",
              allowableValues = {"SWITCHOVER", "FAILOVER"},
              defaultValue = "SWITCHOVER")
          String mode,
      @Schema(description = "Must be true for FAILOVER.", defaultValue = "false")
          boolean acceptDataLoss,
      @Schema(
              minimum = "0",
              maximum = "100000",
              defaultValue = "0",
              description = "So many go first, and all must have succeeded before another starts.",
              example = "1")
          int canary,
      @Schema(
              minimum = "1",
              maximum = "100000",
              description =
                  "So many go together, and must be over before the next do; without it, all that"
                      + " are left.",
              example = "50")
          int waveSize,
      @Schema(
              minimum = "1",
              maximum = "100000",
              description = "Rather than waves: so many are under way at once.")
          int maxConcurrent,
      @Schema(
              description = "How long to wait after a wave, as an ISO 8601 duration.",
              type = "string",
              defaultValue = "PT0S",
              example = "PT30S")
          String pauseBetweenWaves,
      @Schema(
              minimum = "1",
              maximum = "100000",
              description = "It pauses when so many have failed.",
              example = "3")
          int stopAfterFailures,
      @Schema(description = "A ticket.", maxLength = 255, example = "OPS-1234") String reference,
      @Schema(
              description =
                  "Rules and holds to set aside where they refuse; needs failover:break-glass.")
          List<String> overrides) {}

  @PostMapping(path = "/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "rollBackEvacuation",
      summary = "Take an evacuation back: request the reverse one",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @AcceptedEvacuation
  ResponseEntity<?> rollBack(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var taken = finder.find(id);
    return answers.answer(
        http,
        body,
        caller,
        Optional.of(taken.id()),
        fields -> reader.readRollback(fields, caller, taken),
        terms -> desk.planRollback(taken, terms, caller));
  }
}
