package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@BatonTest
class AwsRefusalTests {
  @Autowired private RunningBaton baton;

  static Stream<Fault> throttlings() {
    return Stream.of(Fault.throttle(), Fault.callRateExceeded());
  }

  @ParameterizedTest
  @MethodSource("throttlings")
  void callsAgainAfterBeingThrottledWithAnEntryForEachCall(Fault throttling) {
    var datastore = baton.datastore();
    baton.strike(datastore, throttling, 2);

    var id = baton.accepted(Ask.switchover(datastore));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(outcomes(ended)).containsExactly("NOT_EXECUTED", "NOT_EXECUTED", "ACCEPTED");
    assertThat(ended.path("attempts").get(0).path("errorCode").stringValue())
        .isEqualTo(((Fault.Failure) throttling).code());
    assertThat(baton.calls(datastore)).hasSize(3);
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
    assertThat(baton.eventTypes(id))
        .filteredOn("CALL_INTENDED"::equals)
        .hasSameSizeAs(baton.calls(datastore));
  }

  @Test
  void callsAgainAfterARefusalThatMayPass() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.error(400, "InvalidGlobalReplicationGroupState"), 1);

    var ended = baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");

    assertThat(outcomes(ended)).containsExactly("REFUSED", "ACCEPTED");
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidParameterValue",
    "400, InvalidParameterCombination",
    "403, AccessDenied",
    "404, GlobalReplicationGroupNotFoundFault"
  })
  void failsAtOnceOnARefusalThatWillNotPass(int status, String code) {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.error(status, code), 1);

    var ended = baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "FAILED");

    assertThat(ended.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(ended.path("explanation").stringValue())
        .contains("AWS refused the call", code, "It may be requested again");
    assertThat(outcomes(ended)).containsExactly("REFUSED");
    var attempt = ended.path("attempts").get(0);
    assertThat(attempt.path("errorCode").stringValue()).isEqualTo(code);
    assertThat(attempt.path("awsRequestId").stringValue())
        .isEqualTo(baton.calls(datastore).getFirst().requestId());
    assertThat(baton.calls(datastore)).hasSize(1);
    assertThat(baton.aws().effectivePromotions(datastore)).isZero();
  }

  @Test
  void canBeAskedForAgainAfterItFailed() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.error(400, "InvalidParameterValue"), 1);
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "FAILED");

    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");

    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void saysThatAwsDeniedTheQuestion() {
    var datastore = baton.datastore();
    baton
        .aws()
        .inject(
            Injection.of(Fault.error(403, "AccessDenied"))
                .on("DescribeGlobalReplicationGroups")
                .about(datastore)
                .always());

    var answer = baton.ask(Ask.switchover(datastore));

    assertThat(answer.problem()).isEqualTo("502 /problems/aws-refused");
    assertThat(answer.json().path("awsErrorCode").stringValue()).isEqualTo("AccessDenied");
    assertThat(answer.detail()).contains("us-west-2", "Nothing was changed");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  private static List<String> outcomes(JsonNode failover) {
    return failover
        .path("attempts")
        .valueStream()
        .map(attempt -> attempt.path("outcome").stringValue())
        .toList();
  }
}
