package dev.baton.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlRefusalTests {

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "faults | {\"kind\": \"EXPLODE\"} | 400 | EXPLODE",
        "faults | {} | 400 | must have 'kind'",
        "faults | {\"kind\": \"HOLD\", \"until\": 3} | 400 | until",
        "faults | {\"kind\": \"HOLD\", \"times\": 0} | 400 | at least once",
        "faults | nonsense | 400 | nonsense",
        "faults | null | 400 | must be a JSON object",
        "faults | [] | 400 | an object",
        "faults | {\"kind\": \"DELAY\"} | 400 | must have 'delay'",
        "faults | {\"kind\": \"DELAY\", \"delay\": \"5s\"} | 400 | 'delay' is '5s'; it must be an ISO-8601",
        "faults | {\"kind\": \"DELAY\", \"delay\": \"PT-1S\"} | 400 | 'delay' is PT-1S",
        "faults | {\"kind\": \"DELAY\", \"delay\": \"P9999D\"} | 400 | between PT0S and",
        "faults | {\"kind\": \"HOLD\", \"delay\": \"PT1S\"} | 400 | HOLD takes no 'delay'",
        "faults | {\"kind\": \"HOLD\", \"action\": \"Failover\"} | 400 | FailoverGlobalReplicationGroup",
        "faults | {\"kind\": \"HOLD\", \"region\": \"Oregon\"} | 400 | 'region' is 'Oregon'",
        "faults | {\"kind\": \"HOLD\", \"times\": \"2\"} | 400 | 'times'",
        "faults | {\"kind\": \"HOLD\", \"times\": 2.5} | 400 | 'times'",
        "faults | {\"kind\": \"HOLD\", \"times\": 2, \"always\": true} | 400 | not both",
        "faults | {\"kind\": \"HOLD\", \"kind\": \"EMPTY\"} | 400 | kind",
        "faults | {\"kind\": 0} | 400 | 'kind'",
        "faults | {\"kind\": \"THROTTLE\", \"code\": \"Slow\"} | 400 | APICallRateForCustomerExceeded",
        "faults | {\"kind\": \"HUGE\", \"bytes\": 0} | 400 | 'bytes'",
        "faults | {\"kind\": \"ERROR\", \"status\": 200} | 400 | between 400 and 599",
        "regions | {} | 400 | must have 'region'",
        "regions | {\"region\": \"us-west-2\", \"darkness\": \"GREY\"} | 400 | CLOSES, SILENT, REFUSES",
        "regions | {\"region\": \"us-west-2\", \"behind\": \"PT1S\", \"frozen\": true} | 400 | not both",
        "regions | {\"region\": \"us-west-2\", \"readLimit\": {\"burst\": 1}} | 400 | 'perSecond'",
        "regions | {\"region\": \"us-west-2\", \"readLimit\": {\"perSecond\": -1, \"burst\": 1}} | 400 | 'perSecond' is -1",
        "regions | {\"region\": \"us-west-2\", \"readLimit\": {\"perSecond\": \"NaN\", \"burst\": 1}} | 400 | perSecond",
        "rules | {\"presentPrimary\": \"MAYBE\"} | 400 | INVALID_PARAMETER_VALUE",
        "rules | {\"disassociationTime\": \"P9999D\"} | 400 | 'disassociationTime'",
        "disguises | {\"globalReplicationGroupId\": \"ldgnf-x\", \"status\": \"a\"} | 400 | ldgnf-x is not in",
        "disguises | {\"globalReplicationGroupId\": \"ldgnf-sessions\", \"members\": [null]} | 400 | 'members'",
        "disguises | {\"globalReplicationGroupId\": \"ldgnf-sessions\", \"roles\": {\"x\": \"y\"}} | 400 | 'roles' is 'x'",
        "promotion-plan | {\"duration\": \"P9999D\"} | 400 | 'duration'",
        "datastores | {\"globalReplicationGroupId\": \"ldgnf-a\", \"members\": [null]} | 400 | 'members'",
        "nowhere | {} | 404 | GET health"
      })
  void saysWhatItDoesNotUnderstand(String path, String body, int status, String said)
      throws Exception {
    HttpResponse<String> answer = scene.post("/simulator/" + path, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(said);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void refusesALongBodyWithoutReadingItAll() throws Exception {
    HttpResponse<String> answer = scene.post("/simulator/faults", " ".repeat(64 * 1024 + 1));

    assertThat(answer.statusCode()).isEqualTo(413);
  }
}
