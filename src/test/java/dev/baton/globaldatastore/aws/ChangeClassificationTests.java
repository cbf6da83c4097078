package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Reason;
import dev.baton.globaldatastore.CallOutcome.Refused;
import dev.baton.globaldatastore.CallOutcome.Unknown;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeClassificationTests {

  @Test
  void isAcceptedWithTheRegionAndTheRequestIdOfAws() throws IOException {
    try (var aws = FakeAws.answering(200, Answers.failoverAccepted());
        var adapter = Adapter.to(aws.uri())) {
      assertThat(adapter.failOver()).isEqualTo(new Accepted(Adapter.OREGON, Answers.REQUEST_ID));
      assertThat(aws.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.region()).isEqualTo("us-west-2");
            assertThat(request.body())
                .contains(
                    "Action=FailoverGlobalReplicationGroup",
                    "GlobalReplicationGroupId=ldgnf-sessions",
                    "PrimaryRegion=us-west-2",
                    "PrimaryReplicationGroupId=sessions-usw2");
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, GlobalReplicationGroupNotFoundFault, false",
    "400, InvalidGlobalReplicationGroupState, true",
    "400, InvalidParameterValue, false",
    "400, InvalidParameterCombination, false",
    "403, AccessDenied, false",
    "403, ExpiredToken, false",
    "400, NeverHeardOf, false"
  })
  void isRefusedWhereAwsSaysSo(int status, String code, boolean passing) throws IOException {
    assertThat(oneSending(new FakeAws.Answer.Whole(status, Answers.error(code))))
        .isEqualTo(
            new Refused(
                Adapter.OREGON,
                code,
                "said " + code,
                status,
                Optional.of(Answers.REQUEST_ID),
                passing));
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling",
    "400, RequestLimitExceeded",
    "400, APICallRateForCustomerExceeded",
    "429, TooManyRequestsException",
    "503, Throttling"
  })
  void isNotExecutedWhereAwsThrottles(int status, String code) throws IOException {
    assertThat(oneSending(new FakeAws.Answer.Whole(status, Answers.error(code))))
        .isEqualTo(new NotExecuted(Reason.THROTTLED, code, "said " + code));
  }

  static Stream<Arguments> whatSaysNothing() {
    return Stream.of(
        Arguments.of(
            new FakeAws.Answer.Whole(500, Answers.error("InternalFailure")), "InternalFailure"),
        Arguments.of(
            new FakeAws.Answer.Whole(503, Answers.error("ServiceUnavailable")),
            "ServiceUnavailable"),
        Arguments.of(new FakeAws.Answer.Whole(502, "<html>bad gateway</html>"), "Http502"),
        Arguments.of(new FakeAws.Answer.Whole(403, "<html>proxy</html>"), "Http403"),
        Arguments.of(new FakeAws.Answer.Whole(404, ""), "Http404"),
        Arguments.of(
            new FakeAws.Answer.Whole(408, Answers.error("RequestTimeout")), "RequestTimeout"),
        Arguments.of(new FakeAws.Answer.Moved("/elsewhere"), "Http307"),
        Arguments.of(new FakeAws.Answer.Whole(200, "no XML"), "XMLStreamException"),
        Arguments.of(new FakeAws.Answer.Whole(200, ""), "UnreadableAnswer"),
        Arguments.of(new FakeAws.Answer.Whole(200, "<html>hotel</html>"), "UnreadableAnswer"),
        Arguments.of(new FakeAws.Answer.Half(Answers.failoverAccepted()), "XMLStreamException"),
        Arguments.of(new FakeAws.Answer.Cut(), "NoHttpResponseException"),
        Arguments.of(new FakeAws.Answer.Reset(), "SocketException"),
        Arguments.of(new FakeAws.Answer.Silence(), "Timeout"));
  }

  @ParameterizedTest
  @MethodSource("whatSaysNothing")
  void isUnknownAfterAnythingElse(FakeAws.Answer answer, String code) throws IOException {
    assertThat(oneSending(answer))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> {
              assertThat(unknown.code()).isEqualTo(code);
              assertThat(unknown.message()).isNotBlank().doesNotContain("\n");
            });
  }

  @Test
  void isNotExecutedWhereTheConnectionIsRefused() throws IOException {
    assertThat(failOverTo(Ports.refusing())).satisfies(unreachable("HttpHostConnectException"));
  }

  @Test
  void isNotExecutedWhereTheNameIsUnknown() {
    assertThat(failOverTo(URI.create("http://elasticache.invalid")))
        .satisfies(unreachable("UnknownHostException"));
  }

  @Test
  void isNotExecutedWhereTheConnectionDoesNotOpenInTime() throws IOException {
    try (var deaf = new Ports.Deaf();
        var adapter = Adapter.to(deaf.uri())) {
      assertThat(adapter.failOver()).satisfies(unreachable("ConnectTimeoutException"));
    }
  }

  @Test
  void doesNotRepeatTheSessionTokenThatAwsRepeats() throws IOException {
    var message = "doesn't match\n\nThe Canonical String was x-amz-security-token:SECRET";
    assertThat(
            oneSending(
                new FakeAws.Answer.Whole(403, Answers.error("SignatureDoesNotMatch", message))))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.message()).isEqualTo("doesn't match"));
  }

  @Test
  void opensAConnectionForEveryChange() throws IOException {
    try (var aws = FakeAws.answering(200, Answers.failoverAccepted());
        var adapter = Adapter.to(aws.uri())) {
      adapter.failOver();
      adapter.failOver();
      assertThat(aws.connections()).isEqualTo(2);
    }
  }

  /** Every fault: the request arrives once, whatever SDK and HTTP client would rather do. */
  private static CallOutcome oneSending(FakeAws.Answer answer) throws IOException {
    try (var aws = FakeAws.answering(request -> answer);
        var adapter = Adapter.to(aws.uri(), Adapter.impatient())) {
      var outcome = adapter.failOver();
      assertThat(aws.requests()).hasSize(1);
      return outcome;
    }
  }

  private static CallOutcome failOverTo(URI endpoint) {
    try (var adapter = Adapter.to(endpoint)) {
      return adapter.failOver();
    }
  }

  private static ThrowingConsumer<CallOutcome> unreachable(String code) {
    return outcome ->
        assertThat(outcome)
            .isInstanceOfSatisfying(
                NotExecuted.class,
                notExecuted -> {
                  assertThat(notExecuted.reason()).isEqualTo(Reason.UNREACHABLE);
                  assertThat(notExecuted.code()).isEqualTo(code);
                });
  }
}
