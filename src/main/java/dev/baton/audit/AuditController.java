package dev.baton.audit;

import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
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
  record AuditPage(List<AuditEntryView> items, Optional<String> nextCursor) {}

  @GetMapping
  @Operation(operationId = "listAuditEntries", summary = "Read the audit log, in commit order")
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
