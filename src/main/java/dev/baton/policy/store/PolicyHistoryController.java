package dev.baton.policy.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.problem.AcceptHeader;
import dev.baton.problem.PageCursor;
import dev.baton.problem.PageParameters;
import dev.baton.problem.QueryRequest;
import dev.baton.problem.Slice;
import dev.baton.problem.TextTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/policies/{name}")
@Tag(name = "Policies")
class PolicyHistoryController {
  private static final String LIST = "policy-versions";
  private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");

  private final PolicyTable table;

  PolicyHistoryController(PolicyTable table) {
    this.table = table;
  }

  /** A page of versions of a policy. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record PolicyVersionPage(List<PolicyView> items, Optional<String> nextCursor) {}

  @GetMapping(
      path = "/versions",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(operationId = "listPolicyVersions", summary = "List a policy's versions, newest first")
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PolicyVersionPage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> list(@PathVariable String name, HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var limit = query.limit();
    var before =
        query.optional(
            "cursor", text -> PageCursor.parse(text, LIST, 1, it -> number(it.getFirst())));
    query.finish();
    if (table.youngest(name).isEmpty()) {
      throw PolicyChanges.unknown(name);
    }
    var page = Slice.of(table.history(name, before, limit + 1), limit);
    var shown = page.items();
    var next = page.next(last -> PageCursor.text(LIST, last.version()));
    return TextTable.isWanted(http)
        ? PolicyController.table(shown).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(
                new PolicyVersionPage(
                    shown.stream().map(PolicyView::withoutDocument).toList(), next));
  }

  @GetMapping(
      path = "/versions/{version}",
      produces = {MediaType.APPLICATION_JSON_VALUE, "application/yaml"})
  @Operation(operationId = "getPolicyVersion", summary = "Show a version of a policy")
  @ApiResponse(
      responseCode = "200",
      description =
          "The version; for who accepts application/yaml rather than JSON, its document alone",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PolicyView.class)),
        @Content(mediaType = "application/yaml", schema = @Schema(type = "string"))
      },
      headers =
          @Header(name = "ETag", description = "The version", schema = @Schema(type = "string")))
  ResponseEntity<?> get(
      @PathVariable String name,
      @Parameter(schema = @Schema(type = "integer", minimum = "1")) @PathVariable String version,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    return PolicyController.answer(version(name, version), http);
  }

  @GetMapping(
      path = "/diff",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(operationId = "diffPolicy", summary = "Show how two versions of a policy differ")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "The earlier version; left out: the one before the other.",
      schema = @Schema(type = "integer", minimum = "1"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "The later version; left out: the youngest.",
      schema = @Schema(type = "integer", minimum = "1"))
  @ApiResponse(
      responseCode = "200",
      description = "How they differ; for who accepts text/plain rather than JSON, a unified diff",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PolicyDiffView.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> diff(@PathVariable String name, HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var from = query.optional("from", PolicyHistoryController::number);
    var to = query.optional("to", PolicyHistoryController::number);
    query.finish();
    var later =
        to.map(number -> version(name, number))
            .or(() -> table.youngest(name))
            .orElseThrow(() -> PolicyChanges.unknown(name));
    var before = from.orElse(later.version() - 1);
    var earlier =
        before == 0 ? Optional.<PolicyVersion>empty() : Optional.of(version(name, before));
    var diff =
        PolicyDiffView.of(
            PolicyDiff.between(earlier.flatMap(PolicyVersion::text), later.text()),
            PolicyChangeView.side(name, before),
            PolicyChangeView.side(name, later.version()));
    return AcceptHeader.prefers(MediaType.TEXT_PLAIN, http)
        ? ResponseEntity.ok()
            .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
            .body(diff.unifiedDiff())
        : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(diff);
  }

  private PolicyVersion version(String name, String number) {
    return Optional.of(number)
        .filter(text -> VERSION.matcher(text).matches())
        .map(text -> version(name, number(text)))
        .orElseThrow(() -> PolicyChanges.unknownVersion(name, number));
  }

  private PolicyVersion version(String name, int number) {
    return table
        .version(name, number)
        .orElseThrow(() -> PolicyChanges.unknownVersion(name, String.valueOf(number)));
  }

  private static int number(String text) {
    if (!VERSION.matcher(text).matches()) {
      throw new IllegalArgumentException("must be the number of a version, from 1");
    }
    return Integer.parseInt(text);
  }
}
