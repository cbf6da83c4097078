package dev.baton.progress;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** Describes what somebody in a terminal gets. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
    name = "color",
    in = ParameterIn.QUERY,
    description = "Whether to colour it, by ANSI's escape sequences.",
    schema = @Schema(type = "boolean", defaultValue = "false"))
@ApiResponse(
    responseCode = "200",
    description = "A line for each event until the last, then what it came to",
    content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
@interface WatchAnswer {}
