package dev.baton.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class StartUpTests {
  private static final String JWT = "--spring.security.oauth2.resourceserver.jwt.";

  @Test
  void refusesToStartWithoutAnyoneToTrust(CapturedOutput output) {
    assertThatThrownBy(() -> start()).isInstanceOf(NoIdentityProviderException.class);

    assertThat(output)
        .contains("no identity provider is configured")
        .contains("jwt.issuer-uri")
        .contains("SPRING_PROFILES_ACTIVE=local");
  }

  @Test
  void refusesABlankIssuer() {
    assertThatThrownBy(() -> start(JWT + "issuer-uri= "))
        .isInstanceOf(NoIdentityProviderException.class);
  }

  @Test
  void refusesAnUnknownPermissionOfAGroup() {
    assertThatThrownBy(
            () -> start(JWT + "jwk-set-uri=http://127.0.0.1/", "--baton.security.groups.ops=root"))
        .rootCause()
        .hasMessageContaining("gives 'ops' the unknown permission 'root'")
        .hasMessageContaining("failover:read, failover:request");
  }

  @Test
  void refusesAHostWithAPort() {
    assertThatThrownBy(
            () -> start(JWT + "jwk-set-uri=http://127.0.0.1/", "--baton.http.hosts=localhost:8080"))
        .rootCause()
        .hasMessageContaining("'localhost:8080'");
  }

  @Test
  void answers503WhileTheIdentityProviderIsAway() throws Exception {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (var context = start(JWT + "issuer-uri=http://127.0.0.1:" + closed)) {
      var port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      var answer =
          Caller.nobody(port).with("Authorization", "Bearer e30.e30.e30").get("/v1/failovers");

      assertThat(answer.problem()).isEqualTo("503 /problems/identity-provider-unavailable");
      assertThat(answer.header("Retry-After")).isEqualTo("5");
    }
  }

  private static ConfigurableApplicationContext start(String... arguments) {
    var application = new SpringApplication(WebTestApplication.class);
    application.setRegisterShutdownHook(false);
    var all = new java.util.ArrayList<>(java.util.List.of(arguments));
    all.add("--server.port=0");
    return application.run(all.toArray(String[]::new));
  }
}
