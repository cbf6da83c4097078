package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEndpoint;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.CallPace;
import dev.baton.globaldatastore.CallPaces;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Reading;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class AwsConfigurationTests {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withBean(CallPaces.class, () -> (_, _, _, _) -> CallPace.unlimited())
          .withUserConfiguration(AwsConfiguration.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baton.aws.endpoint=",
        "baton.aws.endpoint=https://vpce-1.elasticache.us-east-1.vpce.amazonaws.com"
      })
  void refusesToServeAwsItselfWithoutAnAccount(String endpoint) {
    runner
        .withPropertyValues(endpoint)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("set BATON_AWS_ACCOUNT_ID to its twelve digits"));
  }

  @Test
  void servesAwsItselfInThreeRegions() {
    runner
        .withPropertyValues("baton.aws.account-id=123456789012")
        .run(context -> {
          var environment = context.getBean(AwsEnvironment.class);
          assertThat(environment.accountIds()).containsExactly(new AccountId("123456789012"));
          assertThat(environment.endpoint()).isEmpty();
          assertThat(environment.isSimulated()).isFalse();
          assertThat(environment.regions())
              .extracting(Region::name)
              .containsExactly("us-east-1", "us-west-2", "eu-west-1");
        });
  }

  @Test
  void prefersTheEndpointThatIsConfigured() {
    runner
        .withBean(AwsEndpoint.class, () -> new AwsEndpoint(URI.create("http://127.0.0.1:1")))
        .withPropertyValues(
            "baton.aws.endpoint=http://127.0.0.1:2", "baton.aws.regions=us-west-2,ap-south-1")
        .run(context ->
            assertThat(context.getBean(AwsEnvironment.class))
                .isEqualTo(
                    new AwsEnvironment(
                        new AccountId("000000000000"),
                        List.of(new Region("us-west-2"), new Region("ap-south-1")),
                        Optional.of(URI.create("http://127.0.0.1:2")))));
  }

  @Test
  void readsFromTheEndpointOfTheLocalProfileWithoutAnyCredentials() throws IOException {
    try (var aws = FakeAws.answering(200, Answers.page("", "ldgnf-sessions"))) {
      runner
          .withBean(AwsEndpoint.class, () -> new AwsEndpoint(aws.uri()))
          .run(context -> {
            var reading =
                context
                    .getBean(GlobalDatastores.class)
                    .describe(new AccountId("000000000000"), Adapter.OREGON, Adapter.SESSIONS);
            assertThat(reading).isInstanceOf(Reading.Seen.class);
          });
      assertThat(aws.requests())
          .singleElement()
          .extracting(FakeAws.Request::accessKeyId)
          .isEqualTo("simulator");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "baton.aws.endpoint=localhost:4566, baton.aws.endpoint must be an http or https address",
    "baton.aws.endpoint=ftp://localhost, baton.aws.endpoint must be an http or https address",
    "baton.aws.read-timeout=0s, every time under baton.aws must be longer than zero",
    "baton.aws.regions=Mars, must be the name of an AWS Region",
    "baton.aws.account-id=12, must be the twelve digits of an AWS account",
    "baton.aws.tries=0, must be greater than or equal to 1"
  })
  void refusesASettingThatCannotWork(String setting, String sentence) {
    runner
        .withPropertyValues("baton.aws.endpoint=http://127.0.0.1:1", setting)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(sentence));
  }

  @Test
  void servesSeveralAccountsInTheRegionsOfEach() {
    runner
        .withPropertyValues(
            "baton.aws.regions=us-east-1,us-west-2",
            "baton.aws.accounts[0].id=111122223333",
            "baton.aws.accounts[1].id=444455556666",
            "baton.aws.accounts[1].role-arn=arn:aws:iam::444455556666:role/baton",
            "baton.aws.accounts[1].external-id=secret",
            "baton.aws.accounts[1].regions=eu-west-1")
        .run(context -> {
          var environment = context.getBean(AwsEnvironment.class);
          assertThat(environment.accountIds())
              .containsExactly(new AccountId("111122223333"), new AccountId("444455556666"));
          assertThat(environment.regions(new AccountId("111122223333")))
              .extracting(Region::name)
              .containsExactly("us-east-1", "us-west-2");
          assertThat(environment.regions(new AccountId("444455556666")))
              .extracting(Region::name)
              .containsExactly("eu-west-1");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baton.aws.account-id=111122223333 | must not both be set",
        "baton.aws.accounts[1].id=111122223333 | must have an id of its own",
        "baton.aws.accounts[1].id=444455556666 | at the most may be without role-arn",
        "baton.aws.accounts[0].role-arn=arn:aws:iam::444455556666:role/b | the ARN of a role in it",
        "baton.aws.accounts[0].role-arn=baton | the ARN of a role in it"
      })
  void refusesAccountsThatCannotWork(String setting, String sentence) {
    runner
        .withPropertyValues("baton.aws.accounts[0].id=111122223333", setting)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(sentence));
  }

  @Test
  void measuresEveryRegionAndKind() {
    runner
        .withPropertyValues("baton.aws.endpoint=http://127.0.0.1:1")
        .run(context -> {
          var meters = new SimpleMeterRegistry();
          context.getBeansOfType(MeterBinder.class).values().forEach(one -> one.bindTo(meters));
          var name = "000000000000/eu-west-1/change";
          assertThat(meters.find("resilience4j.circuitbreaker.state").tag("name", name).gauges())
              .isNotEmpty();
          assertThat(
                  meters
                      .find("resilience4j.bulkhead.available.concurrent.calls")
                      .tag("name", name)
                      .gauges())
              .isNotEmpty();
        });
  }
}
