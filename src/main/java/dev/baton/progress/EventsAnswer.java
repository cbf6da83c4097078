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

/** Describes what somebody takes who wants to hear of events, and gets at the end of a stream. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
    name = LastEvent.HEADER,
    in = ParameterIn.HEADER,
    description =
        "The sequence of the last event that is known already: only what follows is told.",
    schema = @Schema(type = "integer", format = "int64", minimum = "0"),
    example = "3")
@ApiResponse(
    responseCode = "204",
    description = "Of an event stream: the last event is known; don't connect again",
    content = @Content)
@interface EventsAnswer {}
