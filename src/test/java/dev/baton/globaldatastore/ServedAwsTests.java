package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.BatonApplication;
import dev.baton.BatonTest;
import dev.baton.core.AccountId;
import dev.baton.core.RefusedToStartException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

@BatonTest
class ServedAwsTests {
  @Autowired private JdbcClient database;
  @Autowired private AwsEnvironment served;
  @Autowired private JdbcConnectionDetails connection;

  @Test
  void startsAgainForTheSameAws() {
    assertThatCode(() -> new ServedAws(database, served).afterPropertiesSet())
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherAccount() {
    var other =
        new AwsEnvironment(new AccountId("123456789012"), served.regions(), served.endpoint());

    assertThat(refusalOf(other)).hasMessageContainingAll("000000000000", "123456789012");
  }

  @Test
  void startsWithAnotherAccountBesideTheFirstOne() {
    var first = new AwsEnvironment.Account(served.accountIds().getFirst(), served.regions());
    var more = new AwsEnvironment.Account(new AccountId("123456789012"), served.regions());

    assertThatCode(() ->
            new ServedAws(database, new AwsEnvironment(List.of(more, first), served.endpoint()))
                .afterPropertiesSet())
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAwsItselfForADatabaseOfTheSimulator() {
    var real =
        new AwsEnvironment(served.accountIds().getFirst(), served.regions(), Optional.empty());

    assertThat(refusalOf(real)).hasMessageContaining("is set up for AWS, account");
  }

  @Test
  void keepsAWholeInstanceWithAnotherEndpointFromStarting() {
    var elsewhere = "http://127.0.0.1:9";

    var failure =
        catchThrowableOfType(
            Exception.class,
            () ->
                SpringApplication.run(
                    BatonApplication.class,
                    "--spring.profiles.active=local",
                    "--server.port=0",
                    "--spring.main.banner-mode=off",
                    "--baton.aws.endpoint=" + elsewhere,
                    "--spring.datasource.url=" + connection.getJdbcUrl(),
                    "--spring.datasource.username=" + connection.getUsername(),
                    "--spring.datasource.password=" + connection.getPassword()));

    assertThat(failure)
        .hasRootCauseInstanceOf(RefusedToStartException.class)
        .rootCause()
        .hasMessageContainingAll(served.endpoint().map(URI::toString).orElseThrow(), elsewhere);
  }

  private RefusedToStartException refusalOf(AwsEnvironment other) {
    var refusal =
        catchThrowableOfType(
            RefusedToStartException.class,
            () -> new ServedAws(database, other).afterPropertiesSet());
    assertThat(refusal.action()).contains("SPRING_DATASOURCE_URL");
    return refusal;
  }
}
