package dev.baton.globaldatastore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.QueryRequest;
import dev.baton.problem.TextTable;
import dev.baton.problem.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/global-datastores/{globalReplicationGroupId}/readiness")
@Tag(name = "Global datastores")
class ReadinessController {
  private final KnownGlobalDatastores known;
  private final ReadinessKeeper keeper;
  private final AwsEnvironment aws;

  ReadinessController(KnownGlobalDatastores known, ReadinessKeeper keeper, AwsEnvironment aws) {
    this.known = known;
    this.keeper = keeper;
    this.aws = aws;
  }

  /** The members of a Global datastore that could become primary. */
  record TargetReadinessList(
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      List<TargetReadinessView> items) {}

  /** How fit a member is to become primary. */
  @Schema(name = "TargetReadiness")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record TargetReadinessView(
      Region targetRegion,
      ReadinessLevel level,
      List<ReadinessReason> reasons,
      @Schema(description = "Since when it is at this level for reasons of the same codes.")
          Instant since,
      @Schema(description = "When this was judged; what hasn't changed may be a minute younger.")
          Instant judgedAt) {

    static TargetReadinessView of(KeptReadiness kept) {
      return new TargetReadinessView(
          kept.target().region(),
          kept.readiness().level(),
          kept.readiness().reasons(),
          kept.since(),
          kept.judgedAt());
    }
  }

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(operationId = "getReadiness", summary = "Tell how fit its targets are")
  @Parameter(
      name = "targetRegion",
      in = ParameterIn.QUERY,
      description = "Only the member in this Region.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "accountId",
      in = ParameterIn.QUERY,
      description = "The AWS account. Required where several accounts have one of this id.",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "Each target; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = TargetReadinessList.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> get(@PathVariable String globalReplicationGroupId, HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var accounts =
        query.optional("accountId", aws::served).map(List::of).orElseGet(aws::accountIds);
    var region = query.optional("targetRegion", Region::new);
    query.finish();
    var seen = known.require(accounts, globalReplicationGroupId);
    var id = seen.datastore().id();
    var all =
        keeper.judged(seen.accountId(), id).values().stream()
            .sorted(Comparator.comparing(kept -> kept.target().region().name()))
            .toList();
    var wanted = region.map(one -> List.of(only(one, all, seen))).orElse(all);
    return TextTable.isWanted(http)
        ? table(wanted).answer(Optional.empty())
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(
                new TargetReadinessList(
                    seen.accountId(), id, wanted.stream().map(TargetReadinessView::of).toList()));
  }

  private KeptReadiness only(Region region, List<KeptReadiness> all, Observation seen) {
    var datastore = seen.datastore();
    return all.stream()
        .filter(kept -> kept.target().region().equals(region))
        .findFirst()
        .or(() ->
            datastore
                .memberIn(region)
                .flatMap(_ -> keeper.primaryJudged(seen.accountId(), datastore.id(), region)))
        .orElseThrow(() ->
            new ProblemException(ProblemType.INVALID_REQUEST, "The request has one violation.")
                .with("violations", List.of(noMember(region, datastore))));
  }

  private static Violation noMember(Region region, GlobalDatastore datastore) {
    return new Violation(
        "targetRegion",
        "must be a Region in which %s has a member (%s), but is %s"
            .formatted(
                datastore.id(),
                datastore.members().stream()
                    .map(Member::region)
                    .map(Region::name)
                    .collect(Collectors.joining(", ")),
                region));
  }

  /** A line for each reason. */
  private static TextTable table(List<KeptReadiness> targets) {
    var table =
        new TextTable("TARGET", "READINESS", "SINCE", "JUDGED", "BECAUSE OF", "EXPLANATION");
    for (var kept : targets) {
      var reasons = kept.readiness().reasons();
      for (int line = 0; line < Math.max(1, reasons.size()); line++) {
        var reason =
            line < reasons.size()
                ? Optional.of(reasons.get(line))
                : Optional.<ReadinessReason>empty();
        table.row(
            kept.target().region(),
            reason.map(ReadinessReason::level).orElse(kept.readiness().level()),
            seconds(kept.since()),
            seconds(kept.judgedAt()),
            reason.map(one -> one.code().name()).orElse("-"),
            reason.map(ReadinessReason::explanation).orElse("-"));
      }
    }
    return table;
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
