package dev.baton.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
    classes = WebTestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("local")
class DemoUserTests {
  @LocalServerPort private int port;

  @Test
  void asksStrangersForBasicCredentials() {
    var answer = Caller.nobody(port).get("/v1/failovers");

    assertThat(answer.problem()).isEqualTo("401 /problems/unauthenticated");
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"baton\", charset=\"UTF-8\"");
    assertThat(answer.http().headers().map()).doesNotContainKey("set-cookie");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void refusesAWrongPassword() {
    var answer =
        Caller.nobody(port).with("Authorization", "Basic YWxpY2U6d3Jvbmc=").get("/v1/failovers");

    assertThat(answer.problem()).isEqualTo("401 /problems/unauthenticated");
    assertThat(answer.detail()).startsWith("The credentials are not accepted");
  }

  @Test
  void namesThePermissionThatIsMissingAndThoseThereAre() {
    var answer = Caller.demo(port, "carol").post("/v1/failovers", "{}");

    assertThat(answer.problem()).isEqualTo("403 /problems/forbidden");
    assertThat(answer.detail())
        .isEqualTo(
            "This demands the permission failover:request; carol has audit:read, failover:read.");
    assertThat(answer.json().path("demandedPermission").stringValue())
        .isEqualTo("failover:request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "bob", "erin", "carol", "dave", "frank"})
  void letsEveryDemoUserReadFailovers(String name) {
    var answer = Caller.demo(port, name).get("/v1/failovers/caller");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().toString())
        .isEqualTo("{\"subject\":\"%s\",\"kind\":\"PERSON\"}".formatted(name));
  }

  @Test
  void keepsAuditAndAdministrationToThoseWhoHaveThem() {
    assertThat(Caller.demo(port, "alice").get("/v1/audit").status()).isEqualTo(403);
    assertThat(Caller.demo(port, "carol").get("/v1/audit").status()).isEqualTo(404);
    assertThat(Caller.demo(port, "dave").get("/actuator/env").status()).isEqualTo(403);
    assertThat(Caller.demo(port, "frank").get("/actuator/info").status()).isNotEqualTo(403);
  }

  @Test
  void opensHealthWithoutDetailsAndTheContractToAnyone() {
    var health = Caller.nobody(port).get("/actuator/health");
    var contract = Caller.nobody(port).get("/v3/api-docs");

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.http().body()).doesNotContain("components", "details");
    assertThat(contract.status()).isEqualTo(200);
    assertThat(Caller.nobody(port).get("/v3/api-docs.yaml").status()).isEqualTo(200);
    assertThat(contract.json().at("/paths/~1v1~1failovers~1caller/get").propertyNames())
        .doesNotContain("parameters");
  }

  @Test
  void closesWhatTheTableDoesNotName() {
    assertThat(Caller.nobody(port).get("/v1/hidden").status()).isEqualTo(401);
    assertThat(Caller.demo(port, "frank").get("/v1/hidden").problem())
        .isEqualTo("404 /problems/not-found");
    assertThat(Caller.demo(port, "frank").get("/error").problem())
        .isEqualTo("404 /problems/not-found");
  }

  @Test
  void namesTheMethodsThatArePossible() {
    var answer =
        Caller.demo(port, "alice")
            .with("Content-Type", "application/json")
            .send("DELETE", "/v1/failovers", BodyPublishers.noBody());

    assertThat(answer.problem()).isEqualTo("405 /problems/method-not-allowed");
    assertThat(answer.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void refusesAnotherHostBeforeItAsksForCredentials() throws Exception {
    var caller = Caller.nobody(port);

    assertThat(caller.raw(request("/v1/failovers", "evil.example:" + port)))
        .startsWith("HTTP/1.1 421")
        .contains("/problems/misdirected-request")
        .contains("nosniff");
    assertThat(caller.raw(request("/v1/failovers", "[::1]:" + port))).startsWith("HTTP/1.1 401");
    assertThat(caller.raw(request("/actuator/health", "10.0.0.7"))).startsWith("HTTP/1.1 200");
  }

  @Test
  void checksCredentialsAndPermissionBeforeTheBody() {
    var publisher = BodyPublishers.ofString("x");

    assertThat(Caller.nobody(port).send("POST", "/v1/failovers", publisher).status())
        .isEqualTo(401);
    assertThat(Caller.demo(port, "carol").send("POST", "/v1/failovers", publisher).status())
        .isEqualTo(403);
    assertThat(Caller.demo(port, "alice").send("POST", "/v1/failovers", publisher).status())
        .isEqualTo(415);
  }

  private static String request(String path, String host) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
  }
}
