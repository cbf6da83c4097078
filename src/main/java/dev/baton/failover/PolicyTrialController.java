package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.core.Groups;
import dev.baton.core.Permission;
import dev.baton.policy.Policies;
import dev.baton.policy.Requester;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.QueryRequest;
import dev.baton.problem.TextTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/v1/policies")
@Tag(name = "Policies")
class PolicyTrialController {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final int LONGEST_GROUP = 255;

  private final PolicyTrials trials;
  private final Policies policies;
  private final FailoverRequestReader reader;
  private final JsonMapper json;
  private final InstantSource clock;

  PolicyTrialController(
      PolicyTrials trials,
      Policies policies,
      FailoverRequestReader reader,
      JsonMapper json,
      InstantSource clock) {
    this.clock = clock;
    this.trials = trials;
    this.policies = policies;
    this.reader = reader;
    this.json = json;
  }

  /** A document and a request. */
  @Schema(
      name = "PolicyEvaluationRequest",
      additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record EvaluationBody(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "The policy: an object, or its text in YAML or JSON.")
          Object document,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "As POST /v1/failovers takes it. Nothing is stored.")
          FailoverRequestController.Body request,
      @Schema(description = "The groups of who would ask; the caller's if left out.")
          List<String> requesterGroups,
      @Schema(description = "When it would be requested; now if left out.") Instant at) {}

  @PostMapping(
      path = "/evaluate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "evaluatePolicy",
      summary = "Try a policy on a request",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = EvaluationBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "What policy would say, also where it would refuse",
      content = @Content(schema = @Schema(implementation = PolicyTrialView.Evaluation.class)))
  PolicyTrialView.Evaluation evaluate(
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    QueryRequest.of(http).finish();
    var fields = JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json);
    var document = fields.document("document");
    if (!fields.has("document")) {
      fields.violation("document", "is required");
    }
    var groups = fields.texts("requesterGroups", LONGEST_GROUP);
    var at = fields.instant("at");
    var asked = fields.requiredObject("request");
    fields.noteUnknown();
    // Whoever tries a policy may try it on what they may not request.
    var anything =
        new Caller(caller.actor(), Set.of(Permission.values()), caller.groups(), caller.person());
    var request = reader.read(asked.orElse(fields), anything);
    var requester =
        groups
            .map(names -> new Requester(caller.actor(), new Groups.Known(Set.copyOf(names))))
            .orElseGet(() -> Requester.of(caller));
    return PolicyTrialView.Evaluation.of(
        trials.evaluate(document.orElseThrow(), request, requester, at.orElseGet(clock::instant)));
  }

  /** A document, and how far to look back. */
  @Schema(
      name = "PolicyBacktestRequest",
      additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  record BacktestBody(
      @Schema(
              requiredMode = Schema.RequiredMode.NOT_REQUIRED,
              description =
                  "The policy: an object, or its text in YAML or JSON; if left out, the version in"
                      + " force.")
          Object document,
      @Schema(
              description = "How many failovers to look back.",
              minimum = "1",
              maximum = "1000",
              defaultValue = "100")
          int last) {}

  @PostMapping(
      path = "/{name}/backtest",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(
      operationId = "backtestPolicy",
      summary = "Try a policy on the failovers that were requested last",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = BacktestBody.class))))
  @ApiResponse(
      responseCode = "200",
      description =
          "Which would be decided otherwise, and why; for who accepts text/plain rather than JSON,"
              + " a table",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PolicyTrialView.Backtest.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  ResponseEntity<?> backtest(
      @PathVariable String name,
      @org.springframework.web.bind.annotation.RequestBody(required = false) byte[] body,
      HttpServletRequest http) {
    QueryRequest.of(http).finish();
    var fields = JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json);
    var document = fields.document("document");
    var last = fields.number("last", 1, MOST).orElse(USUAL);
    fields.finish();
    var trial = trials.backtest(name, document.orElseGet(() -> policies.document(name)), last);
    return TextTable.isWanted(http)
        ? table(trial).answer(Optional.empty())
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(PolicyTrialView.Backtest.of(trial));
  }

  private static TextTable table(PolicyTrials.Backtest trial) {
    var table =
        new TextTable(
            "REQUESTED", "BY", "MODE", "GLOBAL DATASTORE", "TO", "WAS", "WOULD BE", "BECAUSE OF");
    for (var one : trial.otherwise()) {
      var failover = one.failover();
      table.row(
          failover.requestedAt().truncatedTo(ChronoUnit.SECONDS),
          failover.requestedBy().subject(),
          failover.mode(),
          failover.globalReplicationGroupId(),
          failover.targetRegion(),
          one.was().outcome(),
          one.wouldBe().outcome(),
          one.because().stream()
              .map(reason -> reason.change().policy() + "/" + reason.change().rule())
              .collect(Collectors.joining(" ")));
    }
    return table;
  }
}
