package dev.baton.policy.hold;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.Region;
import dev.baton.policy.HoldScope;
import dev.baton.problem.JsonRequest;
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
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/v1/holds")
@Tag(name = "Holds")
class HoldController {
  private static final int LONGEST_REASON = 1_000;
  private static final List<String> SCOPES =
      List.of("all", "accountId", "region", "globalReplicationGroupId");

  private final HoldDesk desk;
  private final HoldTable table;
  private final JsonMapper json;
  private final InstantSource clock;

  HoldController(HoldDesk desk, HoldTable table, JsonMapper json, InstantSource clock) {
    this.desk = desk;
    this.table = table;
    this.json = json;
    this.clock = clock;
  }

  /** What is to be held back. */
  @Schema(name = "HoldRequest", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Scope scope,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              maxLength = LONGEST_REASON,
              example = "replication is being repaired")
          String reason,
      @Schema(description = "From when on it holds nothing back; left out, until it is ended.")
          Instant expiresAt) {

    /** One of them. */
    @Schema(
        name = "HoldRequestScope",
        minProperties = 1,
        maxProperties = 1,
        additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record Scope(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, description = "true: everything.")
            boolean all,
        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "An AWS account.",
                example = "111122223333")
            String accountId,
        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Whatever leads to this Region, or away from it.",
                example = "us-east-1")
            String region,
        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "A Global datastore, or with * and ? those like it.",
                example = "ldgnf-*")
            String globalReplicationGroupId) {}
  }

  /** A page of holds. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record HoldPage(List<HoldView> items, Optional<String> nextCursor) {}

  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "setHold",
      summary = "Hold back calls to AWS",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @ApiResponse(
      responseCode = "201",
      description = "No call that it holds back is sent any more, by any instance",
      content = @Content(schema = @Schema(implementation = HoldView.class)),
      headers =
          @Header(
              name = "Location",
              description = "Where the hold is shown",
              schema = @Schema(type = "string", format = "uri-reference")))
  ResponseEntity<HoldView> set(
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Actor actor) {
    QueryRequest.of(http).finish();
    var wanted = read(JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json));
    var set = desk.set(wanted, actor);
    return ResponseEntity.created(URI.create("/v1/holds/" + set.hold().id()))
        .body(HoldView.of(set, clock.instant()));
  }

  private HoldDesk.Wanted read(JsonRequest fields) {
    var scope = fields.requiredObject("scope").flatMap(one -> scope(one, fields));
    var reason = fields.requiredText("reason", LONGEST_REASON);
    var expiresAt = fields.instant("expiresAt");
    var now = clock.instant();
    expiresAt
        .filter(at -> !at.isAfter(now))
        .ifPresent(at ->
            fields.violation(
                "expiresAt", "must lie ahead, but is %s, and it is %s".formatted(at, now)));
    fields.finish();
    return new HoldDesk.Wanted(scope.orElseThrow(), reason.orElseThrow(), expiresAt);
  }

  private static Optional<HoldScope> scope(JsonRequest fields, JsonRequest request) {
    var named = new ArrayList<HoldScope>();
    if (fields.flag("all", false)) {
      named.add(new HoldScope.All());
    }
    add(fields, "accountId", text -> new HoldScope.OfAccount(new AccountId(text)), named);
    add(fields, "region", text -> new HoldScope.OfRegion(new Region(text)), named);
    add(fields, "globalReplicationGroupId", HoldScope.OfGlobalDatastores::parse, named);
    var given = SCOPES.stream().filter(fields::has).count();
    if (given != 1 || (named.isEmpty() && fields.has("all"))) {
      request.violation(
          "scope",
          "must have exactly one of %s (all only as true)".formatted(String.join(", ", SCOPES)));
    }
    fields.noteUnknown();
    return named.stream().findFirst();
  }

  private static void add(
      JsonRequest fields,
      String field,
      Function<String, HoldScope> conversion,
      List<HoldScope> to) {
    fields.optional(field, conversion).ifPresent(to::add);
  }

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(operationId = "listHolds", summary = "List holds, newest first")
  @Parameter(
      name = "ended",
      in = ParameterIn.QUERY,
      description = "true: those that were ended or have expired, rather than those in force.",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = HoldPage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> list(HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var ended = query.flag("ended");
    var limit = query.limit();
    var before = query.optional("cursor", HoldCursor::parse);
    query.finish();
    var now = clock.instant();
    var page = Slice.of(table.page(!ended, now, before, limit + 1), limit);
    var next = page.next(HoldCursor::after);
    return TextTable.isWanted(http)
        ? table(page.items()).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(
                new HoldPage(
                    page.items().stream().map(hold -> HoldView.of(hold, now)).toList(), next));
  }

  private static TextTable table(List<Hold> holds) {
    var table = new TextTable("SET", "BY", "HOLDS BACK", "EXPIRES", "REASON", "ID");
    for (var hold : holds) {
      table.row(
          hold.setAt().truncatedTo(ChronoUnit.SECONDS),
          hold.setBy().subject(),
          hold.scope().inWords(),
          hold.expiresAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"),
          hold.reason(),
          hold.id());
    }
    return table;
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "getHold", summary = "Show a hold")
  @ApiResponse(
      responseCode = "200",
      description = "The hold",
      content = @Content(schema = @Schema(implementation = HoldView.class)))
  HoldView get(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    return HoldView.of(table.find(id(id)).orElseThrow(HoldDesk::unknown), clock.instant());
  }

  @DeleteMapping(
      path = "/{id}",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "endHold", summary = "End a hold")
  @Parameter(
      name = "comment",
      in = ParameterIn.QUERY,
      required = true,
      description = "Why; kept with the hold and in the audit log.",
      schema = @Schema(type = "string", maxLength = LONGEST_REASON))
  @ApiResponse(
      responseCode = "200",
      description = "It holds nothing back any more",
      content = @Content(schema = @Schema(implementation = HoldView.class)))
  HoldView end(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http,
      Actor actor) {
    var query = QueryRequest.of(http);
    var comment = query.requiredText("comment", LONGEST_REASON);
    query.finish();
    return HoldView.of(desk.end(id(id), comment.orElseThrow(), actor), clock.instant());
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw HoldDesk.unknown();
    }
  }
}
