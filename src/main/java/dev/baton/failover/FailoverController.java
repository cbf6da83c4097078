package dev.baton.failover;

import static org.springframework.http.HttpStatus.NOT_MODIFIED;
import static org.springframework.http.HttpStatus.OK;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.Caller;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.failover.FailoverVersions.Version;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.problem.EntityTags;
import dev.baton.problem.PageParameters;
import dev.baton.problem.QueryRequest;
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
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/failovers")
@Tag(name = "Failovers")
class FailoverController {
  private final ShownFailovers shown;
  private final FailoverList list;
  private final FailoverNews news;

  FailoverController(ShownFailovers shown, FailoverList list, FailoverNews news) {
    this.shown = shown;
    this.list = list;
    this.news = news;
  }

  /** A page of failovers. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record FailoverPage(List<FailoverView> items, Optional<String> nextCursor) {}

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "getFailover", summary = "Show a failover")
  @ApiResponse(
      responseCode = "200",
      description = "The failover as it stands",
      content = @Content(schema = @Schema(implementation = FailoverView.class)),
      headers = {
        @Header(
            name = "Retry-After",
            description = "Seconds until there may be news; missing once it is over",
            schema = @Schema(type = "integer")),
        @Header(
            name = "ETag",
            description = "The version of the failover",
            schema = @Schema(type = "string")),
        @Header(
            name = Preference.APPLIED,
            description = "How long it may have been waited, where that was asked for",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "304",
      description = "It is still the version that If-None-Match names",
      content = @Content,
      headers = {
        @Header(
            name = "Retry-After",
            description = "Seconds until there may be news; missing once it is over",
            schema = @Schema(type = "integer")),
        @Header(
            name = "ETag",
            description = "The version of the failover",
            schema = @Schema(type = "string")),
        @Header(
            name = Preference.APPLIED,
            description = "How long it may have been waited, where that was asked for",
            schema = @Schema(type = "string"))
      })
  @Parameter(
      name = HttpHeaders.IF_NONE_MATCH,
      in = ParameterIn.HEADER,
      description = "An ETag that is known already: if it is still the failover's, 304.",
      schema = @Schema(type = "string"),
      example = "\"5f0c1c9e-6d0e-4a52-b4b5-0d4cbe8d3a0c-3\"")
  @Parameter(
      name = Preference.HEADER,
      in = ParameterIn.HEADER,
      description =
          "wait=30, along with If-None-Match: answer once the failover is another version, after 30"
              + " seconds at the latest, 60 at the most (RFC 7240).",
      schema = @Schema(type = "string"),
      example = "wait=30")
  ResponseEntity<byte[]> get(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    var wait = Preference.wait(http);
    var version = awaited(shown.version(id), wait, http);
    if (isKnown(version.eTag(), http)) {
      return answer(NOT_MODIFIED, version, wait).build();
    }
    var failover = shown.of(version);
    return answer(OK, failover.version(), wait)
        .contentType(MediaType.APPLICATION_JSON)
        .body(failover.json());
  }

  private static ResponseEntity.BodyBuilder answer(
      HttpStatus status, Version version, Optional<Duration> wait) {
    var answer = ResponseEntity.status(status).eTag(version.eTag());
    if (!version.isFinished()) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    wait.ifPresent(it -> answer.header(Preference.APPLIED, "wait=" + it.toSeconds()));
    return answer;
  }

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
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
      name = "awaitingApprovalBy",
      in = ParameterIn.QUERY,
      description = "me: only failovers that wait for your approval, oldest first.",
      schema = @Schema(type = "string", allowableValues = "me"))
  @Parameter(
      name = "awaitingReview",
      in = ParameterIn.QUERY,
      description =
          "true: only failovers for which rules were set aside, and that nobody else has looked"
              + " into.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "evacuationId",
      in = ParameterIn.QUERY,
      description = "Only failovers that are part of this evacuation.",
      schema = @Schema(type = "string", format = "uuid"))
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = FailoverPage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> list(HttpServletRequest http, Caller caller) {
    var query = QueryRequest.of(http);
    var filter =
        new FailoverList.Filter(
            query.choice("status", FailoverStatus.class),
            query.optional("globalReplicationGroupId", GlobalDatastoreId::new),
            query.optional("accountId", AccountId::new),
            query.text("requestedBy", 255),
            query.instant("from"),
            query.instant("to"),
            query.flag("awaitingReview"),
            query.optional("evacuationId", FailoverController::id));
    var isForMe = query.optional("awaitingApprovalBy", FailoverController::me).isPresent();
    var limit = query.limit();
    var after = query.optional("cursor", FailoverCursor::parse);
    query.finish();
    var page =
        isForMe ? list.awaiting(caller, filter, after, limit) : list.page(filter, after, limit);
    var next = page.next().map(FailoverCursor::text);
    return TextTable.isWanted(http)
        ? table(page.failovers()).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(new FailoverPage(page.failovers().stream().map(FailoverView::of).toList(), next));
  }

  private static UUID id(String text) {
    return FailoverId.parse(text)
        .map(FailoverId::value)
        .orElseThrow(() -> new IllegalArgumentException("must be an id, as the API shows it"));
  }

  private static String me(String whose) {
    if (!whose.equals("me")) {
      throw new IllegalArgumentException("must be me: whom else something waits for is theirs");
    }
    return whose;
  }

  private static TextTable table(List<Failover> failovers) {
    var table =
        new TextTable(
            "REQUESTED", "STATUS", "MODE", "GLOBAL DATASTORE", "FROM", "TO", "BY", "TOOK", "ID");
    for (var failover : failovers) {
      table.row(
          failover.requestedAt().truncatedTo(ChronoUnit.SECONDS),
          failover.status(),
          failover.mode(),
          failover.globalReplicationGroupId(),
          failover.sourceRegion().map(Region::name).orElse("?"),
          failover.targetRegion(),
          failover.requestedBy().subject(),
          failover
              .finishedAt()
              .map(end -> Duration.between(failover.requestedAt(), end).toSeconds() + " s")
              .orElse("-"),
          failover.id());
    }
    return table;
  }

  /** What is over stays as it is: nobody waits for it. */
  private Version awaited(Version known, Optional<Duration> wait, HttpServletRequest http) {
    return wait.filter(_ -> !known.isFinished())
        .filter(_ -> isKnown(known.eTag(), http))
        .map(longest -> news.after(known, longest))
        .orElse(known);
  }

  private static boolean isKnown(String eTag, HttpServletRequest http) {
    return EntityTags.of(http, HttpHeaders.IF_NONE_MATCH).matchWeakly(eTag);
  }
}
