package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/failovers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Failovers")
class FailoverRequestController {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final FailoverRequestReader reader;
  private final FailoverDesk desk;

  FailoverRequestController(FailoverRequestReader reader, FailoverDesk desk) {
    this.reader = reader;
    this.desk = desk;
  }

  /** What is asked for; read by {@link FailoverRequestReader}. */
  @Schema(name = "FailoverRequest", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
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
              description = "Must be true for FAILOVER: writes not yet replicated are lost.",
              defaultValue = "false")
          boolean acceptDataLoss,
      @Schema(description = "Not sent before then: it expires. 15 minutes unless told.")
          Instant startBefore) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "requestFailover",
      summary = "Fail over a Global datastore",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, durably: it comes to an end whatever happens",
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
            schema = @Schema(type = "string"))
      })
  ResponseEntity<FailoverView> request(
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Actor requester) {
    refuseWhatIsNotBuilt(http);
    var failover = desk.take(reader.read(Optional.ofNullable(body).orElse(new byte[0])), requester);
    return ResponseEntity.accepted()
        .location(URI.create("/v1/failovers/" + failover.id()))
        .header(HttpHeaders.RETRY_AFTER, "1")
        .eTag(FailoverView.eTag(failover))
        .body(FailoverView.of(failover));
  }

  /** A dry run must not be taken for the real thing, nor a key for protection that isn't there. */
  private static void refuseWhatIsNotBuilt(HttpServletRequest http) {
    var parameters = QueryRequest.of(http);
    if (http.getHeader(IDEMPOTENCY_KEY) != null) {
      parameters.violation(
          IDEMPOTENCY_KEY,
          "is not supported yet: leave the header out. A second request while the first is"
              + " unfinished is refused with 409.");
    }
    parameters.finish();
  }
}
