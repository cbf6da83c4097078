package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/failovers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Failovers")
class FailoverController {
  private final FailoverRepository failovers;
  private final FailoverList list;

  FailoverController(FailoverRepository failovers, FailoverList list) {
    this.failovers = failovers;
    this.list = list;
  }

  /** A page of failovers. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record FailoverPage(List<FailoverView> items, Optional<String> nextCursor) {}

  @GetMapping("/{id}")
  @Operation(operationId = "getFailover", summary = "Show a failover")
  @ApiResponse(
      responseCode = "200",
      description = "The failover as it stands",
      headers = {
        @Header(
            name = "Retry-After",
            description = "Seconds until there may be news; missing once it is over",
            schema = @Schema(type = "integer")),
        @Header(
            name = "ETag",
            description = "The version of the failover",
            schema = @Schema(type = "string"))
      })
  ResponseEntity<FailoverView> get(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    var failover = find(id);
    var answer = ResponseEntity.ok().eTag(FailoverView.eTag(failover));
    if (!failover.status().isFinished()) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return answer.body(FailoverView.of(failover));
  }

  @GetMapping
  @Operation(operationId = "listFailovers", summary = "List failovers, newest first")
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      description = "Only failovers that stand there.",
      schema = @Schema(implementation = FailoverStatus.class))
  @Parameter(
      name = "globalReplicationGroupId",
      in = ParameterIn.QUERY,
      description = "Only failovers of this Global datastore.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "accountId",
      in = ParameterIn.QUERY,
      description = "Only failovers in this AWS account.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "requestedBy",
      in = ParameterIn.QUERY,
      description = "Only failovers that this subject asked for.",
      schema = @Schema(type = "string", maxLength = 255))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Only failovers requested then or later.",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Only failovers requested before then.",
      schema = @Schema(type = "string", format = "date-time"))
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
  FailoverPage list(HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var filter =
        new FailoverList.Filter(
            query.choice("status", FailoverStatus.class),
            query.optional("globalReplicationGroupId", GlobalDatastoreId::new),
            query.optional("accountId", AccountId::new),
            query.text("requestedBy", 255),
            query.instant("from"),
            query.instant("to"));
    var limit = query.limit();
    var after = query.optional("cursor", FailoverCursor::parse);
    query.finish();
    var page = list.page(filter, after, limit);
    return new FailoverPage(
        page.failovers().stream().map(FailoverView::of).toList(),
        page.next().map(FailoverCursor::text));
  }

  private Failover find(String id) {
    return uuid(id)
        .flatMap(failovers::findById)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.UNKNOWN_FAILOVER,
                "There is no failover with this id; GET /v1/failovers lists them."));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(it -> it.toString().equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
