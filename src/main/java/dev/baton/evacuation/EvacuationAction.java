package dev.baton.evacuation;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Maps what somebody does to an evacuation, saying no more than why. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestMapping(method = RequestMethod.POST, consumes = MediaType.APPLICATION_JSON_VALUE)
@Operation(
    requestBody =
        @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = EvacuationAction.Comment.class))))
@ApiResponse(
    responseCode = "200",
    description = "Done; the evacuation as it stands now",
    content = @Content(schema = @Schema(implementation = EvacuationView.class)))
@interface EvacuationAction {
  int LONGEST_COMMENT = 1_000;

  @AliasFor(annotation = RequestMapping.class)
  String path();

  @AliasFor(annotation = Operation.class)
  String operationId();

  @AliasFor(annotation = Operation.class)
  String summary();

  /** What is said to it. */
  @Schema(name = "EvacuationComment", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Comment(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "Why; kept in the audit log.",
              maxLength = LONGEST_COMMENT,
              example = "the first ones look good")
          String comment) {}
}
