package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/failovers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Failovers")
class FailoverRequestController {
  private final FailoverRequestReader reader;
  private final FailoverAnswers answers;

  FailoverRequestController(FailoverRequestReader reader, FailoverAnswers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  /** What is asked for; read by {@link FailoverRequestReader}. */
  @Schema(name = "FailoverRequest", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
      @Schema(
              description =
                  "The AWS account. Required where Baton serves several, and may be left out"
                      + " otherwise.",
              example = "111122223333")
          String accountId,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ldgnf-sessions")
          String globalReplicationGroupId,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "The Region that is to become primary.",
              example = "us-west-2")
          String targetRegion,
      @Schema(description = "Found from the members when left out.", example = "sessions-usw2")
          String targetReplicationGroupId,
      @Schema(defaultValue = "SWITCHOVER") FailoverMode mode,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "Why; kept in the audit log.",
              maxLength = 1000,
              example = "us-east-1 is being drained")
          String reason,
      @Schema(description = "A ticket.", maxLength = 255, example = "OPS-1234") String reference,
      @Schema(
              description = "Refused with 409 if the primary is in another Region.",
              example = "us-east-1")
          String expectedPrimaryRegion,
      @Schema(
              description =
                  "Must be true for FAILOVER and DETACH: writes not yet replicated are lost.",
              defaultValue = "false")
          boolean acceptDataLoss,
      @Schema(
              description =
                  "When it is to start, if not at once; policy is asked again then. 90 days ahead at"
                      + " most.")
          Instant scheduledFor,
      @Schema(
              description =
                  "Not sent by then, it expires; 15 minutes after it may start unless told, a day at"
                      + " most.")
          Instant startBefore,
      @ArraySchema(
              maxItems = 50,
              schema = @Schema(type = "string", maxLength = 200, example = "default/cool-down"),
              arraySchema =
                  @Schema(
                      description =
                          "Break-glass: the rules to set aside, each as its name or policy/rule, and"
                              + " the holds, each as holds/id. Needs failover:break-glass and a"
                              + " reason of 40 characters; only what would refuse can be set aside,"
                              + " and somebody else has to acknowledge it afterwards."))
          List<String> overrides,
      @Schema(
              description =
                  "For DETACH: the failover of the same target, STALLED or OUTCOME_UNKNOWN, that it"
                      + " takes the place of.")
          UUID supersedes) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "requestFailover",
      summary = "Fail over a Global datastore",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @AcceptedFailover
  ResponseEntity<?> request(
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    return answers.answer(http, body, caller, "", fields -> reader.read(fields, caller));
  }
}
