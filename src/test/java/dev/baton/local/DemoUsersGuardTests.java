package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.core.AccountId;
import dev.baton.core.RefusedToStartException;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoUsersGuardTests {

  @Test
  void keepsDemoUsersAwayFromAwsItself() {
    var refusal = refusalOf(Optional.empty());

    assertThat(refusal).hasMessageContaining("it is pointed to AWS itself");
    assertThat(refusal.action()).contains("issuer-uri", "BATON_AWS_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elasticache.us-east-1.amazonaws.com",
        "https://elasticache.cn-north-1.amazonaws.com.cn",
        "https://elasticache.us-east-1.api.aws"
      })
  void keepsDemoUsersAwayFromAwsByName(String endpoint) {
    assertThat(refusalOf(Optional.of(endpoint))).hasMessageContaining(endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8081", "http://localhost:4566", "http://[::1]:1"})
  void letsThemUseWhatIsOnThisMachine(String endpoint) {
    assertThatCode(() -> guard(Optional.of(endpoint)).afterPropertiesSet())
        .doesNotThrowAnyException();
  }

  private static RefusedToStartException refusalOf(Optional<String> endpoint) {
    return catchThrowableOfType(
        RefusedToStartException.class, () -> guard(endpoint).afterPropertiesSet());
  }

  private static DemoUsersGuard guard(Optional<String> endpoint) {
    return new DemoUsersGuard(
        new AwsEnvironment(
            new AccountId("123456789012"),
            List.of(new Region("us-east-1")),
            endpoint.map(URI::create)));
  }
}
