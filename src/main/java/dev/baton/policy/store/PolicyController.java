package dev.baton.policy.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.problem.AcceptHeader;
import dev.baton.problem.PageCursor;
import dev.baton.problem.PageParameters;
import dev.baton.problem.QueryRequest;
import dev.baton.problem.Slice;
import dev.baton.problem.TextTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/policies")
@Tag(name = "Policies")
class PolicyController {
  private static final String LIST = "policies";

  private final PolicyTable table;

  PolicyController(PolicyTable table) {
    this.table = table;
  }

  /** A page of policies. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record PolicyPage(List<PolicyView> items, Optional<String> nextCursor) {}

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(operationId = "listPolicies", summary = "List the policies in force, by name")
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PolicyPage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> list(HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var limit = query.limit();
    var after = query.optional("cursor", text -> PageCursor.parse(text, LIST, 1, List::getFirst));
    query.finish();
    var page = Slice.of(table.page(after, limit + 1), limit);
    var shown = page.items();
    var next = page.next(last -> PageCursor.text(LIST, last.name()));
    return TextTable.isWanted(http)
        ? table(shown).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(new PolicyPage(shown.stream().map(PolicyView::withoutDocument).toList(), next));
  }

  static TextTable table(List<PolicyVersion> versions) {
    var table = new TextTable("POLICY", "VERSION", "STORED", "BY", "COMMENT");
    for (var version : versions) {
      table.row(
          version.name(),
          version.version() + (version.isWithdrawn() ? " (withdrawn)" : ""),
          version.storedAt().truncatedTo(ChronoUnit.SECONDS),
          version.author().subject(),
          version.comment());
    }
    return table;
  }

  @GetMapping(
      path = "/{name}",
      produces = {MediaType.APPLICATION_JSON_VALUE, "application/yaml"})
  @Operation(operationId = "getPolicy", summary = "Show a policy that is in force")
  @ApiResponse(
      responseCode = "200",
      description =
          "The policy; for who accepts application/yaml rather than JSON, its document alone",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PolicyView.class)),
        @Content(mediaType = "application/yaml", schema = @Schema(type = "string"))
      },
      headers =
          @Header(
              name = "ETag",
              description = "The version of the policy, for If-Match",
              schema = @Schema(type = "string")))
  ResponseEntity<?> get(@PathVariable String name, HttpServletRequest http) {
    QueryRequest.of(http).finish();
    var policy =
        table
            .youngest(name)
            .filter(version -> !version.isWithdrawn())
            .orElseThrow(() -> PolicyChanges.unknown(name));
    return answer(policy, http);
  }

  /** The version, or its document alone for who would rather have that. */
  static ResponseEntity<?> answer(PolicyVersion version, HttpServletRequest http) {
    var answer = ResponseEntity.ok().eTag(version.eTag());
    return AcceptHeader.prefers(PolicyBodies.YAML, http) && version.text().isPresent()
        ? answer
            .contentType(new MediaType(PolicyBodies.YAML, StandardCharsets.UTF_8))
            .body(version.text().get())
        : answer.contentType(MediaType.APPLICATION_JSON).body(PolicyView.of(version));
  }
}
