package dev.baton.problem;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes what every list takes: {@link QueryRequest#limit()} and a {@link PageCursor}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
    name = "limit",
    in = ParameterIn.QUERY,
    description = "How many items a page may have.",
    schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
@Parameter(
    name = "cursor",
    in = ParameterIn.QUERY,
    description = "The nextCursor of an earlier page of this list; left out: the first page.",
    schema = @Schema(type = "string"))
public @interface PageParameters {}
