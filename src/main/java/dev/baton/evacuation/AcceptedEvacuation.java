package dev.baton.evacuation;

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

/** Describes what every request for an evacuation takes and is answered with. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
    responseCode = "2XX",
    description = "200, with dryRun=true: the plan",
    content = @Content(schema = @Schema(implementation = EvacuationView.PlanView.class)))
@ApiResponse(
    responseCode = "202",
    description = "Accepted, durably: the plan is frozen, and it comes to an end whatever happens",
    content = @Content(schema = @Schema(implementation = EvacuationView.class)),
    headers = {
      @Header(
          name = "Location",
          description = "Where the evacuation is shown",
          schema = @Schema(type = "string", format = "uri-reference")),
      @Header(
          name = "Retry-After",
          description = "Seconds until there may be news",
          schema = @Schema(type = "integer"))
    })
@Parameter(
    name = "dryRun",
    in = ParameterIn.QUERY,
    description = "true: show the plan, and neither store nor change anything.",
    schema = @Schema(type = "boolean", defaultValue = "false"))
@interface AcceptedEvacuation {}
