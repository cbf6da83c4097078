package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.failover.idempotency.IdempotencyKey;
import dev.baton.policy.Requester;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final RepeatableRequests requests;
  private final DryRuns dryRuns;

  FailbackController(
      FailoverFinder finder,
      Failbacks failbacks,
      FailoverRequestReader reader,
      RepeatableRequests requests,
      DryRuns dryRuns) {
    this.finder = finder;
    this.failbacks = failbacks;
    this.reader = reader;
    this.requests = requests;
    this.dryRuns = dryRuns;
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
  @ApiResponse(
      responseCode = "2XX",
      description = "200, with dryRun=true: what the failback would come to",
      content = @Content(schema = @Schema(implementation = DryRunView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, durably: a failover of its own",
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
      description = "Makes the request safe to repeat, as for POST /v1/failovers.",
      schema = @Schema(type = "string", minLength = 1, maxLength = 255, pattern = "^[ -~]+$"),
      example = "5f0c1c9e-6d0e-4a52-b4b5-0d4cbe8d3a0c")
  @Parameter(
      name = "dryRun",
      in = ParameterIn.QUERY,
      description = "true: show what it would come to, and neither store nor change anything.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  ResponseEntity<?> failBack(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var query = QueryRequest.of(http);
    var dryRun = query.flag("dryRun");
    var key = query.header(http, IdempotencyKey.HEADER, IdempotencyKey::new);
    query.finish();
    var fields = reader.parse(Optional.ofNullable(body).orElse(new byte[0]));
    var failover = finder.find(id);
    var sent =
        new RepeatableRequests.Sent(
            "failback of " + failover.id(), fields, () -> request(failover, fields, caller));
    return dryRun
        ? ResponseEntity.ok(dryRuns.run(sent.request(), Requester.of(caller)))
        : requests.take(sent, key, caller).response();
  }

  private FailoverRequest request(Failover taken, JsonRequest fields, Caller by) {
    if (taken.sourceRegion().isPresent() && taken.finishedAt().isPresent()) {
      var request = reader.readFailback(fields, by, taken);
      failbacks.refuseUnlessPossible(taken);
      return request;
    }
    failbacks.refuseUnlessPossible(taken);
    throw new IllegalStateException("nothing stands against the failback of " + taken.id());
  }
}
