package dev.baton.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.problem.PageParameters;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit")
class AuditController {
  private final AuditTrail trail;

  AuditController(AuditTrail trail) {
    this.trail = trail;
  }

  /** A page of the audit log. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record AuditPage(List<AuditEntryView> items, Optional<String> nextCursor) {}

  @GetMapping
  @Operation(operationId = "listAuditEntries", summary = "Read the audit log, in commit order")
  @Parameter(
      name = "stream",
      in = ParameterIn.QUERY,
      description = "Only this stream, such as failover/{id}.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "type",
      in = ParameterIn.QUERY,
      description = "Only entries of this type, such as CALL_INTENDED.",
      schema = @Schema(type = "string", maxLength = 100))
  @Parameter(
      name = "actor",
      in = ParameterIn.QUERY,
      description = "Only what this subject did.",
      schema = @Schema(type = "string", maxLength = 255))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Only what happened then or later.",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Only what happened before then.",
      schema = @Schema(type = "string", format = "date-time"))
  @PageParameters
  AuditPage list(HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var filter =
        new AuditTrail.Filter(
            query.optional("stream", AuditStream::new),
            query.text("type", 100),
            query.text("actor", 255),
            query.instant("from"),
            query.instant("to"));
    var limit = query.limit();
    var after = query.optional("cursor", AuditCursor::parse);
    query.finish();
    var page = trail.page(filter, after, limit);
    return new AuditPage(
        page.entries().stream().map(AuditEntryView::of).toList(),
        page.next().map(AuditCursor::text));
  }
}
