package dev.baton.policy.store;

import dev.baton.core.Actor;
import dev.baton.policy.store.PolicyChanges.Change;
import dev.baton.policy.store.PolicyChanges.Wanted;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/policies/{name}")
@Tag(name = "Policies")
class PolicyChangeController {
  private static final int LONGEST_COMMENT = 1_000;
  private static final String YAML_EXAMPLE =
      """
      apiVersion: baton/v1
      kind: Policy
      metadata: {name: year-end}
      rules:
        - name: freeze
          freezeWindows: [{from: 2026-12-19T00:00, to: 2027-01-07T00:00, zone: UTC}]
      """;

  private final PolicyChanges changes;

  PolicyChangeController(PolicyChanges changes) {
    this.changes = changes;
  }

  /** A policy as people write it; read by the policy's own reader, which knows its rules. */
  @Schema(name = "PolicyDocument")
  record PolicyDocumentView(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = "baton/v1")
          String apiVersion,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = "Policy") String kind,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, type = "object") Object metadata,
      @Schema(type = "object") Object match,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Object> rules) {}

  @PutMapping(
      consumes = {MediaType.APPLICATION_JSON_VALUE, "application/yaml"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "putPolicy",
      summary = "Store a policy, or its next version",
      requestBody =
          @RequestBody(
              required = true,
              description = "The document, in JSON or YAML.",
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(implementation = PolicyDocumentView.class)),
                @Content(
                    mediaType = "application/yaml",
                    schema = @Schema(type = "string"),
                    examples = @ExampleObject(YAML_EXAMPLE))
              }))
  @ApiResponse(
      responseCode = "200",
      description = "It is in force, or was already; with dryRun=true, what would change",
      content = @Content(schema = @Schema(implementation = PolicyChangeView.class)),
      headers =
          @Header(
              name = "ETag",
              description = "The version of the policy, for If-Match",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "201",
      description = "It is in force, and is new",
      content = @Content(schema = @Schema(implementation = PolicyChangeView.class)),
      headers =
          @Header(
              name = "ETag",
              description = "The version of the policy, for If-Match",
              schema = @Schema(type = "string")))
  @Parameter(
      name = HttpHeaders.IF_MATCH,
      in = ParameterIn.HEADER,
      description = "The ETag of the version that is changed. Required if the policy exists.",
      schema = @Schema(type = "string"),
      example = "\"3\"")
  @Parameter(
      name = HttpHeaders.IF_NONE_MATCH,
      in = ParameterIn.HEADER,
      description = "* for a policy that must not exist yet.",
      schema = @Schema(type = "string"),
      example = "*")
  @Parameter(
      name = "comment",
      in = ParameterIn.QUERY,
      required = true,
      description = "Why; kept with the version and in the audit log.",
      schema = @Schema(type = "string", maxLength = LONGEST_COMMENT))
  @Parameter(
      name = "acceptWarnings",
      in = ParameterIn.QUERY,
      description = "true: store it although it may shut a way out.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "dryRun",
      in = ParameterIn.QUERY,
      description = "true: show what would change, and store nothing.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  ResponseEntity<PolicyChangeView> put(
      @PathVariable String name,
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Actor actor) {
    var query = QueryRequest.of(http);
    var comment = query.requiredText("comment", LONGEST_COMMENT);
    var acceptsWarnings = query.flag("acceptWarnings");
    var dryRun = query.flag("dryRun");
    query.finish();
    var document = JsonRequest.utf8(Optional.ofNullable(body).orElse(new byte[0]));
    var wanted =
        new Wanted(
            name,
            Optional.of(document),
            comment.orElseThrow(),
            actor,
            Precondition.of(http),
            acceptsWarnings);
    return answer(wanted, dryRun);
  }

  private ResponseEntity<PolicyChangeView> answer(Wanted wanted, boolean dryRun) {
    var change = dryRun ? changes.tryOut(wanted) : changes.store(wanted);
    var isStored = !dryRun && !change.isNone();
    var isNew = isStored && change.before().isEmpty();
    var answer = ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    present(change, dryRun).ifPresent(version -> answer.eTag(version.eTag()));
    return answer.body(PolicyChangeView.of(change, isStored));
  }

  /** What is there after the request. */
  private static Optional<PolicyVersion> present(Change change, boolean dryRun) {
    return dryRun
        ? change.before()
        : Optional.of(change.version()).filter(version -> !version.isWithdrawn());
  }

  @DeleteMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "withdrawPolicy", summary = "Withdraw a policy")
  @ApiResponse(
      responseCode = "200",
      description = "It is no longer in force; its versions are kept",
      content = @Content(schema = @Schema(implementation = PolicyChangeView.class)))
  @Parameter(
      name = HttpHeaders.IF_MATCH,
      in = ParameterIn.HEADER,
      required = true,
      description = "The ETag of the version that is withdrawn.",
      schema = @Schema(type = "string"),
      example = "\"3\"")
  @Parameter(
      name = "comment",
      in = ParameterIn.QUERY,
      required = true,
      description = "Why; kept with the version and in the audit log.",
      schema = @Schema(type = "string", maxLength = LONGEST_COMMENT))
  ResponseEntity<PolicyChangeView> withdraw(
      @PathVariable String name, HttpServletRequest http, Actor actor) {
    var query = QueryRequest.of(http);
    var comment = query.requiredText("comment", LONGEST_COMMENT);
    query.finish();
    return answer(
        new Wanted(
            name, Optional.empty(), comment.orElseThrow(), actor, Precondition.of(http), false),
        false);
  }
}
