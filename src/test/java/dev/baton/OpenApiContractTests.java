package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The committed contract is what the running service says of itself. */
@BatonTest
class OpenApiContractTests {
  private static final Path COMMITTED = Path.of("openapi", "openapi.yaml");
  private static final Path GENERATED = Path.of("target", "openapi.yaml");

  @LocalServerPort private int port;

  @Test
  void isWhatTheServiceGenerates() throws IOException, InterruptedException {
    var generated = generated();
    Files.createDirectories(GENERATED.getParent());
    Files.writeString(GENERATED, generated);

    assertThat(COMMITTED)
        .as("the contract changed: look at it, then cp %s %s", GENERATED, COMMITTED)
        .content()
        .isEqualTo(generated);
  }

  private String generated() throws IOException, InterruptedException {
    var address = URI.create("http://localhost:" + port + "/v3/api-docs.yaml");
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }
}
