package dev.baton.globaldatastore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ShownReadinesses.ShownReadiness;
import dev.baton.problem.PageCursor;
import dev.baton.problem.PageParameters;
import dev.baton.problem.QueryRequest;
import dev.baton.problem.Slice;
import dev.baton.problem.TextTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/global-datastores")
@Tag(name = "Global datastores")
class GlobalDatastoreController {
  private static final String LIST = "global-datastores";

  private final Observations observations;
  private final KnownGlobalDatastores known;
  private final ReplicationLags lags;
  private final Endpoints endpoints;
  private final LastMoves moves;
  private final ShownReadinesses readiness;
  private final AwsEnvironment aws;

  GlobalDatastoreController(
      Observations observations,
      KnownGlobalDatastores known,
      ReplicationLags lags,
      Endpoints endpoints,
      LastMoves moves,
      ShownReadinesses readiness,
      AwsEnvironment aws) {
    this.lags = lags;
    this.endpoints = endpoints;
    this.moves = moves;
    this.readiness = readiness;
    this.observations = observations;
    this.known = known;
    this.aws = aws;
  }

  /** A page of Global datastores. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record GlobalDatastorePage(List<GlobalDatastoreView> items, Optional<String> nextCursor) {}

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(
      operationId = "listGlobalDatastores",
      summary = "List Global datastores, by account and id")
  @Parameter(
      name = "accountId",
      in = ParameterIn.QUERY,
      description = "Only Global datastores of this AWS account.",
      schema = @Schema(type = "string"))
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = GlobalDatastorePage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> list(HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var accounts =
        query.optional("accountId", aws::served).map(List::of).orElseGet(aws::accountIds);
    var limit = query.limit();
    var after = query.optional("cursor", GlobalDatastoreController::after);
    query.finish();
    var page = Slice.of(observations.page(accounts, after, limit + 1), limit);
    var shown = page.items();
    var next = page.next(GlobalDatastoreController::cursor);
    var kept = readiness.of(shown);
    return TextTable.isWanted(http)
        ? table(shown, kept).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(
                new GlobalDatastorePage(
                    shown.stream()
                        .map(seen ->
                            GlobalDatastoreView.of(
                                seen, kept.of(seen), Map.of(), Optional.empty(), Optional.empty()))
                        .toList(),
                    next));
  }

  private static String cursor(Observation last) {
    return PageCursor.text(LIST, last.accountId(), last.datastore().id());
  }

  private static Observations.Key after(String cursor) {
    return PageCursor.parse(
        cursor,
        LIST,
        2,
        parts ->
            new Observations.Key(
                new AccountId(parts.getFirst()), new GlobalDatastoreId(parts.getLast())));
  }

  /** The account is shown only where there is more than one. */
  private TextTable table(List<Observation> shown, ShownReadiness kept) {
    var names =
        List.of(
            "ACCOUNT",
            "GLOBAL DATASTORE",
            "STATUS",
            "PRIMARY",
            "SECONDARIES",
            "READINESS",
            "OBSERVED");
    var from = aws.hasSeveralAccounts() ? 0 : 1;
    var table = new TextTable(names.subList(from, names.size()).toArray(String[]::new));
    for (var seen : shown) {
      var cells = cells(seen, kept);
      table.row(cells.subList(from, cells.size()).toArray());
    }
    return table;
  }

  private static List<Object> cells(Observation seen, ShownReadiness kept) {
    var datastore = seen.datastore();
    return List.of(
        seen.accountId(),
        datastore.id(),
        datastore.status(),
        datastore.primary().map(Member::region).map(Region::name).orElse("?"),
        datastore.members().stream()
            .filter(Member::isSecondary)
            .map(Member::region)
            .map(Region::name)
            .collect(Collectors.joining(" ")),
        kept.worstOf(seen).map(ReadinessLevel::name).orElse("?"),
        seen.beganAt().truncatedTo(ChronoUnit.SECONDS));
  }

  @GetMapping(path = "/{globalReplicationGroupId}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "getGlobalDatastore", summary = "Show a Global datastore")
  @Parameter(
      name = "accountId",
      in = ParameterIn.QUERY,
      description = "The AWS account. Required where several accounts have one of this id.",
      schema = @Schema(type = "string"))
  GlobalDatastoreView get(@PathVariable String globalReplicationGroupId, HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var accounts =
        query.optional("accountId", aws::served).map(List::of).orElseGet(aws::accountIds);
    query.finish();
    return inFull(known.require(accounts, globalReplicationGroupId));
  }

  private GlobalDatastoreView inFull(Observation seen) {
    var accountId = seen.accountId();
    var datastore = seen.datastore();
    // Asked for first, so that both questions go on at the same time.
    endpoints.readSoonOfPrimary(accountId, datastore);
    var shownLags = lags.shown(accountId, datastore);
    return GlobalDatastoreView.of(
        seen,
        readiness.of(List.of(seen)).of(seen),
        shownLags,
        endpoints.ofPrimary(accountId, datastore),
        moves.lastMove(accountId, datastore.id()));
  }
}
