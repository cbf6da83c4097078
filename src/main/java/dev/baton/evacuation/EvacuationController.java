package dev.baton.evacuation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.evacuation.EvacuationView.MemberView;
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
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/evacuations")
@Tag(name = "Evacuations")
class EvacuationController {
  private static final String MEMBERS = "evacuation-members";

  private final EvacuationFinder finder;
  private final EvacuationRequestReader reader;
  private final EvacuationDesk desk;
  private final EvacuationTable evacuations;
  private final EvacuationMemberTable members;
  private final EvacuationViews views;
  private final EvacuationAnswers answers;

  EvacuationController(
      EvacuationFinder finder,
      EvacuationRequestReader reader,
      EvacuationDesk desk,
      EvacuationTable evacuations,
      EvacuationMemberTable members,
      EvacuationViews views,
      EvacuationAnswers answers) {
    this.finder = finder;
    this.reader = reader;
    this.desk = desk;
    this.evacuations = evacuations;
    this.members = members;
    this.views = views;
    this.answers = answers;
  }

  /** What is asked for; read by {@link EvacuationRequestReader}. */
  @Schema(name = "EvacuationRequest", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record Body(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "The Region that is to be left.",
              example = "us-east-1")
          String fromRegion,
      @Schema(description = "Where to; or preferredRegions.", example = "us-west-2")
          String toRegion,
      @Schema(
              description =
                  "Where to, for each Global datastore the first of these in which it has a member.")
          List<String> preferredRegions,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Selector selector,
      @Schema(defaultValue = "SWITCHOVER") FailoverMode mode,
      @Schema(
              description =
                  "Must be true for FAILOVER and DETACH: writes not yet replicated are lost.",
              defaultValue = "false")
          boolean acceptDataLoss,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "Why; kept in the audit log, and the reason of each failover.",
              maxLength = 1000,
              example = "us-east-1 is being drained")
          String reason,
      @Schema(
              minimum = "0",
              maximum = "100000",
              defaultValue = "0",
              description = "So many go first, and all must have succeeded before another starts.",
              example = "1")
          int canary,
      @Schema(
              minimum = "1",
              maximum = "100000",
              description =
                  "So many go together, and must be over before the next do; without it, all that"
                      + " are left.",
              example = "50")
          int waveSize,
      @Schema(
              minimum = "1",
              maximum = "100000",
              description = "Rather than waves: so many are under way at once.")
          int maxConcurrent,
      @Schema(
              description = "How long to wait after a wave, as an ISO 8601 duration.",
              type = "string",
              defaultValue = "PT0S",
              example = "PT30S")
          String pauseBetweenWaves,
      @Schema(
              minimum = "1",
              maximum = "100000",
              description = "It pauses when so many have failed.",
              example = "3")
          int stopAfterFailures,
      @Schema(description = "A ticket.", maxLength = 255, example = "OPS-1234") String reference,
      @Schema(
              description =
                  "Rules and holds to set aside where they refuse; needs failover:break-glass.")
          List<String> overrides) {

    /** Either all, or those like these. */
    @Schema(
        name = "EvacuationRequestSelector",
        additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record Selector(
        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "true: all whose primary is in fromRegion.")
            boolean all,
        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Ids, or patterns in which * and ? stand for others.")
            List<String> globalReplicationGroupIds,
        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Only in these AWS accounts; left out, in all that are served.")
            List<String> accountIds) {}
  }

  /** A page of evacuations. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record EvacuationPage(List<EvacuationView> items, Optional<String> nextCursor) {}

  /** A page of what an evacuation consists of. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record EvacuationMemberPage(List<MemberView> items, Optional<String> nextCursor) {}

  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "requestEvacuation",
      summary = "Fail over all Global datastores of a Region",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Body.class))))
  @AcceptedEvacuation
  ResponseEntity<?> request(
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    return answers.answer(
        http,
        body,
        caller,
        Optional.empty(),
        fields -> reader.read(fields, caller),
        terms -> desk.plan(terms, caller));
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "getEvacuation", summary = "Show an evacuation")
  ResponseEntity<EvacuationView> get(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    var evacuation = finder.find(id);
    var answer = ResponseEntity.ok();
    if (!evacuation.status().isFinished()) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return answer.body(views.of(evacuation));
  }

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(operationId = "listEvacuations", summary = "List evacuations, newest first")
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      description = "Only evacuations that stand there.",
      schema = @Schema(implementation = EvacuationStatus.class))
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = EvacuationPage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> list(HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var status = query.choice("status", EvacuationStatus.class);
    var limit = query.limit();
    var before = query.optional("cursor", EvacuationCursor::parse);
    query.finish();
    var page = Slice.of(evacuations.page(status, before, limit + 1), limit);
    var next = page.next(EvacuationCursor::after);
    return TextTable.isWanted(http)
        ? table(page.items()).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(new EvacuationPage(page.items().stream().map(views::of).toList(), next));
  }

  private static TextTable table(List<Evacuation> evacuations) {
    var table = new TextTable("REQUESTED", "STATUS", "MODE", "FROM", "TO", "BY", "CAUSE", "ID");
    for (var one : evacuations) {
      table.row(
          one.requestedAt().truncatedTo(ChronoUnit.SECONDS),
          one.status(),
          one.terms().mode(),
          one.terms().fromRegion(),
          one.terms().toRegions().stream()
              .map(region -> region.name())
              .collect(Collectors.joining(" ")),
          one.requester().actor().subject(),
          one.cause(),
          one.id());
    }
    return table;
  }

  @GetMapping(
      path = "/{id}/failovers",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(
      operationId = "listEvacuationFailovers",
      summary = "List what an evacuation consists of, in the order of its plan")
  @PageParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page of them; for who accepts text/plain rather than JSON, a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = EvacuationMemberPage.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> failovers(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      HttpServletRequest http) {
    var query = QueryRequest.of(http);
    var limit = query.limit();
    var after = query.optional("cursor", EvacuationController::position).orElse(0);
    query.finish();
    var evacuation = finder.find(id);
    var page = Slice.of(members.page(evacuation.id(), after, limit + 1), limit);
    var next = page.next(last -> PageCursor.text(MEMBERS, last.position()));
    return TextTable.isWanted(http)
        ? members(page.items()).answer(next)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(
                new EvacuationMemberPage(page.items().stream().map(MemberView::of).toList(), next));
  }

  private static TextTable members(List<EvacuationMember> members) {
    var table =
        new TextTable("WAVE", "GLOBAL DATASTORE", "FROM", "TO", "STATUS", "FAILOVER", "WHY");
    for (var one : members) {
      table.row(
          one.wave() == 0 ? "-" : one.wave(),
          one.globalReplicationGroupId(),
          one.move().map(move -> move.source().name()).orElse("-"),
          one.move().map(move -> move.target().name()).orElse("-"),
          one.status(),
          one.failoverId().map(Object::toString).orElse("-"),
          one.why().filter(_ -> !one.status().equals("SUCCEEDED")).orElse(""));
    }
    return table;
  }

  private static Integer position(String cursor) {
    return PageCursor.parse(cursor, MEMBERS, 1, parts -> Integer.valueOf(parts.getFirst()));
  }
}
