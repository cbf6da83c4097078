package dev.baton.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
    classes = WebTestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "baton.security.audience=baton",
      "baton.security.groups-claim=teams",
      "baton.security.groups[ops/oncall]=failover:read,failover:request"
    })
class TokenTests {
  private static final RSAKey KEY = key();
  private static final HttpServer PROVIDER = provider();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry properties) {
    properties.add(
        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
        () -> "http://127.0.0.1:%d/jwks".formatted(PROVIDER.getAddress().getPort()));
  }

  @AfterAll
  static void stopProvider() {
    PROVIDER.stop(0);
  }

  @Test
  void challengesWithBearer() {
    var answer = Caller.nobody(port).get("/v1/failovers");

    assertThat(answer.problem()).isEqualTo("401 /problems/unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"baton\"");
  }

  @Test
  void knowsNoDemoUsers() {
    assertThat(Caller.demo(port, "alice").get("/v1/failovers").status()).isEqualTo(401);
  }

  @Test
  void takesPermissionsFromScopes() {
    var reader = claims().claim("scope", "openid failover:read");

    assertThat(as(reader).get("/v1/failovers").status()).isEqualTo(200);
    assertThat(as(reader).post("/v1/failovers", "{}").problem()).startsWith("403");
    assertThat(as(claims().claim("scp", List.of("audit:read"))).get("/v1/audit").status())
        .isEqualTo(404);
  }

  @Test
  void takesPermissionsFromGroups() {
    var member = as(claims().claim("teams", List.of("ops/oncall", "others")));
    var stranger = as(claims().claim("teams", List.of("others")));

    assertThat(member.post("/v1/failovers", "{}").status()).isEqualTo(400);
    assertThat(stranger.get("/v1/failovers").problem()).startsWith("403");
  }

  @Test
  void tellsServicesFromPeople() {
    var scoped = claims().claim("scope", "failover:read");
    assertThat(kind(as(scoped))).isEqualTo("PERSON");
    assertThat(kind(as(claims().claim("scope", "failover:read").claim("azp", "ada"))))
        .isEqualTo("SERVICE");
    assertThat(
            kind(as(claims().claim("scope", "failover:read").claim("gty", "client-credentials"))))
        .isEqualTo("SERVICE");
  }

  @Test
  void takesAPersonAndTheTokensTheyMadeForOne() {
    assertThat(person(as(read()))).isEqualTo("ada");
    assertThat(person(as(read().subject("deploy-token").claim("owner", "ada")))).isEqualTo("ada");
    assertThat(person(as(read().claim("owner", " ")))).isEqualTo("ada");
    assertThat(person(as(read().claim("owner", List.of("eve"))))).isEqualTo("ada");
  }

  private static String person(Caller caller) {
    return caller.get("/v1/failovers/person").json().path("person").stringValue();
  }

  @Test
  void refusesTokensThatAreOverForeignOrWithoutEnd() throws JOSEException {
    var past = Date.from(Instant.now().minusSeconds(600));
    var foreign = new RSAKeyGenerator(2048).keyID(KEY.getKeyID()).generate();

    assertThat(as(read().expirationTime(past)).get("/v1/failovers").status()).isEqualTo(401);
    assertThat(as(read().expirationTime(null)).get("/v1/failovers").status()).isEqualTo(401);
    assertThat(as(read().audience("others")).get("/v1/failovers").status()).isEqualTo(401);
    assertThat(as(read().subject(null)).get("/v1/failovers").status()).isEqualTo(401);
    assertThat(bearer(signed(read(), foreign)).get("/v1/failovers").status()).isEqualTo(401);
    assertThat(as(read()).get("/v1/failovers").status()).isEqualTo(200);
  }

  private static String kind(Caller.Answer answer) {
    return answer.json().path("kind").stringValue();
  }

  private static String kind(Caller caller) {
    return kind(caller.get("/v1/failovers/caller"));
  }

  private static JWTClaimsSet.Builder read() {
    return claims().claim("scope", "failover:read");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("ada")
        .audience("baton")
        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
  }

  private Caller as(JWTClaimsSet.Builder claims) {
    return bearer(signed(claims, KEY));
  }

  private Caller bearer(String token) {
    return Caller.nobody(port).with("Authorization", "Bearer " + token);
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer provider() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/jwks",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
