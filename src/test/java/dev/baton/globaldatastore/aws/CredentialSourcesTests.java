package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

class CredentialSourcesTests {
  private static final String CONTAINER = "aws.containerCredentialsFullUri";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String CREDENTIALS =
      """
      {"AccessKeyId": "fromcontainer", "SecretAccessKey": "secret", "Token": "token",
       "Expiration": "2099-01-01T00:00:00Z"}\
      """;

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);

  /** Counted here: the container is a property of the whole process, and others in it ask, too. */
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void clear() {
    System.clearProperty(CONTAINER);
  }

  @Test
  void signsForASimulatorWithTheContainersCredentials() throws IOException {
    try (var container = FakeAws.answering(200, CREDENTIALS);
        var aws = FakeAws.answering(200, Answers.failoverAccepted())) {
      System.setProperty(CONTAINER, container.uri().toString());
      assertThat(failOver(aws)).isInstanceOf(Accepted.class);
      assertThat(aws.requests())
          .singleElement()
          .extracting(FakeAws.Request::accessKeyId)
          .isEqualTo("fromcontainer");
    }
  }

  @Test
  void sendsNothingWhenTheContainersCredentialsComeTooLate() throws IOException {
    try (var container =
            FakeAws.answering(request -> {
              wall.set(NOON.plusSeconds(5));
              return new FakeAws.Answer.Whole(200, CREDENTIALS);
            });
        var aws = FakeAws.answering(200, Answers.failoverAccepted())) {
      System.setProperty(CONTAINER, container.uri().toString());
      assertThat(failOver(aws))
          .isInstanceOfSatisfying(
              NotExecuted.class,
              outcome -> assertThat(outcome.reason()).isEqualTo(Reason.TOO_LATE));
      assertThat(asked).hasValue(1);
      assertThat(container.requests()).isNotEmpty();
      assertThat(aws.requests()).isEmpty();
    }
  }

  @Test
  void signsForAwsItselfWithWhateverAwsProvides() {
    var environment =
        new AwsEnvironment(Adapter.ACCOUNT, List.of(Adapter.OREGON), Optional.empty());
    assertThat(CredentialSources.of(environment)).isInstanceOf(DefaultCredentialsProvider.class);
  }

  private CallOutcome failOver(FakeAws aws) {
    var clock = new SendClock(wall::get, System::nanoTime);
    var source = CredentialSources.of(simulated(aws.uri()));
    AwsCredentialsProvider counted =
        () -> {
          asked.incrementAndGet();
          return source.resolveCredentials();
        };
    try (var adapter = Adapter.to(aws.uri(), Adapter.properties(), counted, clock)) {
      return adapter.changes.failOver(Adapter.call(NOON.plusSeconds(5)));
    }
  }

  private static AwsEnvironment simulated(URI endpoint) {
    return new AwsEnvironment(Adapter.ACCOUNT, List.of(Adapter.OREGON), Optional.of(endpoint));
  }
}
