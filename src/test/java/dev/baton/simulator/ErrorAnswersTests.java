package dev.baton.simulator;

import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static dev.baton.simulator.Scene.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupNotFoundException;
import software.amazon.awssdk.services.elasticache.model.InvalidGlobalReplicationGroupStateException;
import software.amazon.awssdk.services.elasticache.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.elasticache.model.InvalidParameterValueException;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;

class ErrorAnswersTests {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=any/20261122/us-west-2/elasticache/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature=0123abcd";
  private static final String LIST = "Action=DescribeGlobalReplicationGroups&Version=2015-02-02";

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void doesNotFindAnUnknownDatastore() {
    assertThatThrownBy(() ->
            scene
                .in(OREGON)
                .describeGlobalReplicationGroups(r -> r.globalReplicationGroupId("sgaui-no")))
        .isInstanceOfSatisfying(
            GlobalReplicationGroupNotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(404);
              assertThat(e.awsErrorDetails().errorCode())
                  .isEqualTo("GlobalReplicationGroupNotFoundFault");
              assertThat(e.requestId()).isNotBlank();
            });
  }

  @Test
  void doesNotFindADatastoreFromARegionWithoutAMember() {
    assertThatThrownBy(() -> scene.failOverTo("ap-south-1", "sessions-usw2"))
        .isInstanceOf(GlobalReplicationGroupNotFoundException.class);
  }

  @Test
  void doesNotFindAnUnknownReplicationGroup() {
    assertThatThrownBy(
            () -> scene.in(OREGON).describeReplicationGroups(r -> r.replicationGroupId("nobody")))
        .isInstanceOf(ReplicationGroupNotFoundException.class);
  }

  @Test
  void refusesATargetThatIsNotAMember() {
    assertThatThrownBy(() -> scene.failOverTo(OREGON, "sessions-euw1"))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("sessions-euw1 in us-west-2 is not a member of ldgnf-sessions");
  }

  @Test
  void refusesThePresentPrimary() {
    assertThatThrownBy(() -> scene.failOverTo(VIRGINIA, "sessions-use1"))
        .isInstanceOf(InvalidParameterValueException.class);
  }

  @Test
  void refusesThePresentPrimaryByItsStateIfSoSet() {
    try (Scene strict =
        new Scene(SimulatorSettings.local().withPresentPrimary(PresentPrimary.INVALID_STATE))) {
      assertThatThrownBy(() -> strict.failOverTo(VIRGINIA, "sessions-use1"))
          .isInstanceOfSatisfying(
              InvalidGlobalReplicationGroupStateException.class,
              e ->
                  assertThat(e.awsErrorDetails().errorCode())
                      .isEqualTo("InvalidGlobalReplicationGroupState"));
    }
  }

  @Test
  void refusesAnIdTogetherWithAMarker() {
    assertThatThrownBy(() ->
            scene
                .in(OREGON)
                .describeGlobalReplicationGroups(
                    r -> r.globalReplicationGroupId(SESSIONS).marker("any")))
        .isInstanceOf(InvalidParameterCombinationException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 101})
  void refusesPagesThatAreTooSmallOrTooLarge(int size) {
    assertThatThrownBy(
            () -> scene.in(OREGON).describeGlobalReplicationGroups(r -> r.maxRecords(size)))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("between 20 and 100");
  }

  @Test
  void refusesAMarkerItDidNotGive() {
    assertThatThrownBy(
            () -> scene.in(OREGON).describeGlobalReplicationGroups(r -> r.marker("mine")))
        .isInstanceOf(InvalidParameterValueException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling",
    "403, AccessDenied",
    "403, ExpiredToken",
    "500, InternalFailure",
    "503, ServiceUnavailable",
    "400, APICallRateForCustomerExceeded"
  })
  void answersWithTheInjectedError(int status, String code) {
    scene.simulator.inject(Injection.of(Fault.error(status, code)));

    ElastiCacheException error =
        catchThrowableOfType(ElastiCacheException.class, scene::failOverToOregon);

    assertThat(error.statusCode()).isEqualTo(status);
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(RetryUtils.isThrottlingException(error)).isEqualTo(code.equals("Throttling"));
    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Action=RebootCacheCluster&Version=2015-02-02 | 400 | InvalidAction",
        "Action=DescribeReplicationGroups&Version=2014-01-01 | 400 | InvalidAction",
        "Version=2015-02-02 | 400 | MissingParameter",
        "Action=FailoverGlobalReplicationGroup&Version=2015-02-02 | 400 | MissingParameter",
        "Action=DescribeReplicationGroups&Version=2015-02-02&Force=1 | 400 | InvalidQueryParameter",
        "Action=DescribeReplicationGroups&Version=2015-02-02&Version=1 | 400 | MalformedQueryString",
        "Action=DescribeReplicationGroups&Version=%2 | 400 | MalformedQueryString",
        "Action=DescribeReplicationGroups&Version=%ff | 400 | MalformedQueryString",
        "Action | 400 | MalformedQueryString",
        "Action=DescribeGlobalReplicationGroups&Version=2015-02-02&ShowMemberInfo=yes"
            + " | 400 | InvalidParameterValue",
      })
  void refusesARequestThatIsNotWellFormed(String body, int status, String code) throws Exception {
    HttpResponse<String> answer = send(body, SIGNED);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>", "<Type>Sender</Type>");
    assertThat(answer.headers().firstValue("x-baton-simulator")).contains("true");
  }

  @Test
  void demandsASignature() throws Exception {
    HttpResponse<String> answer =
        scene.send("/", request -> form(request).POST(BodyPublishers.ofString(LIST)));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Basic YWxpY2U6YWxpY2U= | 400 | IncompleteSignature",
        "AWS4-HMAC-SHA256 Credential=any/20261122/us-west-2/elasticache/aws4_request"
            + " | 400 | IncompleteSignature",
        "AWS4-HMAC-SHA256 Credential=any/20261122/us-west-2/monitoring/aws4_request,"
            + " SignedHeaders=host, Signature=00 | 403 | SignatureDoesNotMatch",
      })
  void refusesASignatureOfAnotherMake(String authorization, int status, String code)
      throws Exception {
    HttpResponse<String> answer = send(LIST, authorization);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
  }

  @Test
  void putsTheResultFirstAndTheRequestIdLast() throws Exception {
    assertThat(send(LIST, SIGNED).body())
        .contains(
            "<DescribeGlobalReplicationGroupsResponse"
                + " xmlns=\"http://elasticache.amazonaws.com/doc/2015-02-02/\">"
                + "<DescribeGlobalReplicationGroupsResult><GlobalReplicationGroups>")
        .containsPattern(
            "</DescribeGlobalReplicationGroupsResult><ResponseMetadata><RequestId>[0-9a-f-]{36}");
  }

  private HttpResponse<String> send(String body, String authorization) throws Exception {
    return scene.send(
        "/",
        request ->
            form(request)
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder form(HttpRequest.Builder request) {
    return request.header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  }
}
