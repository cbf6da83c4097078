package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.failover.idempotency.IdempotencyKey;
import dev.baton.policy.Requester;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final RepeatableRequests requests;
  private final DryRuns dryRuns;

  FailoverRequestController(
      FailoverRequestReader reader, RepeatableRequests requests, DryRuns dryRuns) {
    this.reader = reader;
    this.requests = requests;
    this.dryRuns = dryRuns;
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
  @ApiResponse(
      // A range: client generators take the lowest status for the one that a method is about.
      responseCode = "2XX",
      description =
          "200, with dryRun=true: what the request would come to, also where policy would refuse it",
      content = @Content(schema = @Schema(implementation = DryRunView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, durably: it comes to an end whatever happens",
      content = @Content(schema = @Schema(implementation = FailoverView.class)),
      headers = {
        @Header(
            name = "Location",
            description = "Where the failover is shown",
            schema = @Schema(type = "string", format = "uri-reference")),
        @Header(
            name = "Retry-After",
            description = "Seconds until there may be news",
            schema = @Schema(type = "integer")),
        @Header(
            name = "ETag",
            description = "The version of the failover",
            schema = @Schema(type = "string")),
        @Header(
            name = RepeatableRequests.REPLAYED,
            description = "true where an earlier request with the same key was answered so",
            schema = @Schema(type = "boolean"))
      })
  @Parameter(
      name = IdempotencyKey.HEADER,
      in = ParameterIn.HEADER,
      description =
          "Makes the request safe to repeat: for 24 hours, the same key with the same body (compared"
              + " in RFC 8785's form) gets the first answer again, a 202 or policy's 403. With"
              + " another body: 422. While the first is still running: 409 with Retry-After. Keys of"
              + " different callers are different keys. A new UUID for each new request is best.",
      schema = @Schema(type = "string", minLength = 1, maxLength = 255, pattern = "^[ -~]+$"),
      example = "5f0c1c9e-6d0e-4a52-b4b5-0d4cbe8d3a0c")
  @Parameter(
      name = "dryRun",
      in = ParameterIn.QUERY,
      description =
          "true: show what the request would come to, and neither store nor change anything. An"
              + " Idempotency-Key has no effect then.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  ResponseEntity<?> request(
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var query = QueryRequest.of(http);
    var dryRun = query.flag("dryRun");
    var key = query.header(http, IdempotencyKey.HEADER, IdempotencyKey::new);
    query.finish();
    var fields = reader.parse(Optional.ofNullable(body).orElse(new byte[0]));
    return dryRun
        ? ResponseEntity.ok(dryRuns.run(reader.read(fields, caller), Requester.of(caller)))
        : requests
            .take(
                new RepeatableRequests.Sent("", fields, () -> reader.read(fields, caller)),
                key,
                caller)
            .response();
  }
}
