package dev.baton.failover;

import dev.baton.failover.idempotency.IdempotencyKey;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes what every request for a failover takes and is answered with. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
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
@interface AcceptedFailover {}
