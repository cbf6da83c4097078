package dev.baton.failover;

import dev.baton.core.Caller;
import dev.baton.failover.idempotency.IdempotencyKey;
import dev.baton.policy.Requester;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.QueryRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers whoever asks for a failover, or only what that would come to. */
@Component
class FailoverAnswers {
  private final RepeatableRequests requests;
  private final DryRuns dryRuns;
  private final JsonMapper json;

  FailoverAnswers(RepeatableRequests requests, DryRuns dryRuns, JsonMapper json) {
    this.requests = requests;
    this.dryRuns = dryRuns;
    this.json = json;
  }

  /**
   * Takes a request, unless it is a dry run.
   *
   * @param purpose what it was sent for, beside what its body says; empty for a plain request
   * @param meaning reads its body
   */
  ResponseEntity<?> answer(
      HttpServletRequest http,
      byte @Nullable [] body,
      Caller caller,
      String purpose,
      Function<JsonRequest, FailoverRequest> meaning) {
    var query = QueryRequest.of(http);
    var dryRun = query.flag("dryRun");
    var key = query.header(http, IdempotencyKey.HEADER, IdempotencyKey::new);
    query.finish();
    var fields = JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json);
    if (dryRun) {
      return ResponseEntity.ok(dryRuns.run(meaning.apply(fields), Requester.of(caller)));
    }
    var sent = new RepeatableRequests.Sent(purpose, fields, () -> meaning.apply(fields));
    return requests.take(sent, key, caller).response();
  }
}
