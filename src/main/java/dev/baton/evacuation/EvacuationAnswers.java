package dev.baton.evacuation;

import dev.baton.core.Caller;
import dev.baton.evacuation.EvacuationView.PlanView;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.QueryRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers whoever asks for an evacuation, or only what that would come to. */
@Component
class EvacuationAnswers {
  private final EvacuationDesk desk;
  private final EvacuationViews views;
  private final JsonMapper json;

  EvacuationAnswers(EvacuationDesk desk, EvacuationViews views, JsonMapper json) {
    this.desk = desk;
    this.views = views;
    this.json = json;
  }

  /**
   * Takes a request, unless it is a dry run.
   *
   * @param rollbackOf the evacuation that it takes back
   * @param reading reads its body
   * @param planning plans it
   */
  ResponseEntity<?> answer(
      HttpServletRequest http,
      byte @Nullable [] body,
      Caller caller,
      Optional<UUID> rollbackOf,
      Function<JsonRequest, EvacuationTerms> reading,
      Function<EvacuationTerms, Plan> planning) {
    var query = QueryRequest.of(http);
    var dryRun = query.flag("dryRun");
    query.finish();
    var terms =
        reading.apply(JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json));
    var plan = planning.apply(terms);
    if (dryRun) {
      return ResponseEntity.ok(PlanView.of(plan));
    }
    var accepted = desk.accept(plan, terms, caller, rollbackOf);
    return ResponseEntity.accepted()
        .location(URI.create("/v1/evacuations/" + accepted.id()))
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(views.of(accepted));
  }
}
