package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.simulator.SimulatedAccounts;
import dev.baton.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Roles of other accounts, assumed through the SDK over HTTP. */
class RoleCredentialsTests {
  private static final AccountId OTHER = new AccountId("444455556666");
  private static final String ROLE = "arn:aws:iam::444455556666:role/baton";

  private static final List<Region> REGIONS = List.of(Adapter.VIRGINIA, Adapter.OREGON);

  private final SimulatedAccounts aws =
      SimulatedAccounts.start(SimulatorSettings.local(), Adapter.ACCOUNT.value(), OTHER.value());

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void signsForTheOwnAccountWithoutARole() {
    try (var credentials = credentials(aws.endpoint(), "right")) {
      var own = credentials.of(Adapter.ACCOUNT, Adapter.OREGON).resolveCredentials();

      assertThat(own.accessKeyId()).isEqualTo("simulator");
      assertThat(aws.questionsToSts()).isZero();
    }
  }

  @Test
  void assumesTheRoleOnceForEachRegion() {
    aws.allow(ROLE, "right");
    try (var credentials = credentials(aws.endpoint(), "right")) {
      for (var region : List.of(Adapter.OREGON, Adapter.OREGON, Adapter.VIRGINIA)) {
        assertThat(credentials.of(OTHER, region).resolveCredentials().accessKeyId())
            .startsWith("ASIA444455556666");
      }
      assertThat(aws.questionsToSts()).isEqualTo(2);
    }
  }

  @Test
  void asksTheStsOfTheRegionThatIsCalled() throws IOException {
    try (var sts = FakeAws.answering(500, "");
        var credentials = credentials(sts.uri(), "right")) {
      assertThatThrownBy(() -> credentials.of(OTHER, Adapter.OREGON).resolveCredentials())
          .isInstanceOf(NoCredentialsException.class);
      assertThat(sts.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.region()).isEqualTo("us-west-2");
            assertThat(request.body())
                .contains("Action=AssumeRole", "RoleSessionName=baton", "ExternalId=right");
          });
    }
  }

  @Test
  void saysWhichRoleIsDeniedAndWhatToDo() {
    aws.allow(ROLE, "right");
    try (var credentials = credentials(aws.endpoint(), "wrong")) {
      assertThatThrownBy(() -> credentials.of(OTHER, Adapter.OREGON).resolveCredentials())
          .isInstanceOfSatisfying(
              NoCredentialsException.class, failure -> assertThat(failure.isDenied()).isTrue())
          .hasMessageContainingAll(ROLE, "AccessDenied", "trust policy", "external id")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void waitsForNoSilentSts() throws IOException {
    try (var sts = FakeAws.answeringInTurn(new FakeAws.Answer.Silence());
        var credentials = credentials(sts.uri(), "right")) {
      var began = System.nanoTime();
      assertThatThrownBy(() -> credentials.of(OTHER, Adapter.OREGON).resolveCredentials())
          .isInstanceOfSatisfying(
              NoCredentialsException.class, failure -> assertThat(failure.isDenied()).isFalse());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      assertThat(sts.requests()).hasSize(1);
    }
  }

  private static RoleCredentials credentials(URI endpoint, String externalId) {
    var accounts =
        List.of(
            new AwsProperties.Account(
                Adapter.ACCOUNT, Optional.empty(), Optional.empty(), List.of()),
            new AwsProperties.Account(
                OTHER, Optional.of(ROLE), Optional.of(externalId), List.of()));
    var environment =
        new AwsEnvironment(
            List.of(
                new AwsEnvironment.Account(Adapter.ACCOUNT, REGIONS),
                new AwsEnvironment.Account(OTHER, REGIONS)),
            Optional.of(endpoint));
    return new RoleCredentials(
        environment, Adapter.properties(accounts), CredentialSources.of(environment));
  }
}
