package dev.baton.failover;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the answer to what somebody did to a failover. */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
    responseCode = "200",
    description = "Done; the failover as it stands now",
    content = @Content(schema = @Schema(implementation = FailoverView.class)),
    headers =
        @Header(
            name = "ETag",
            description = "The version of the failover",
            schema = @Schema(type = "string")))
@interface FailoverAnswer {}
