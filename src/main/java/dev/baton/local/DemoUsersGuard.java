package dev.baton.local;

import dev.baton.core.RefusedToStartException;
import dev.baton.globaldatastore.AwsEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Refuses demo users, whose passwords everybody knows, wherever they could reach an AWS that is not
 * on this machine and not Baton's own simulator.
 */
@Component
@Profile("local")
class DemoUsersGuard implements InitializingBean {
  private static final String MARK = "x-baton-simulator";
  private static final int TRIES = 30;

  private final AwsEnvironment aws;

  DemoUsersGuard(AwsEnvironment aws) {
    this.aws = aws;
  }

  @Override
  public void afterPropertiesSet() throws InterruptedException {
    var endpoint = aws.endpoint().orElseThrow(() -> refusal("AWS itself"));
    if (!aws.isSimulated()) {
      throw refusal(endpoint.toString());
    }
    if (!isLoopback(endpoint.getHost()) && !isSimulator(endpoint)) {
      throw refusal(endpoint + ", which is neither on this machine nor Baton's simulator");
    }
  }

  private static RefusedToStartException refusal(String aws) {
    return new RefusedToStartException(
        "The profile 'local' has demo users whose passwords everybody knows, and it is pointed to %s."
            .formatted(aws),
        "Leave the profile out and configure an issuer of tokens"
            + " (spring.security.oauth2.resourceserver.jwt.issuer-uri), or point"
            + " BATON_AWS_ENDPOINT to an endpoint on this machine.");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Tried for a while: both may have been started at the same moment. */
  private static boolean isSimulator(URI endpoint) throws InterruptedException {
    var question =
        HttpRequest.newBuilder(endpoint.resolve("/simulator/health"))
            .timeout(Duration.ofSeconds(1))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      for (int tries = 1; ; tries++) {
        try {
          return client
              .send(question, HttpResponse.BodyHandlers.discarding())
              .headers()
              .firstValue(MARK)
              .isPresent();
        } catch (IOException e) {
          if (tries == TRIES) {
            return false;
          }
          Thread.sleep(Duration.ofSeconds(1));
        }
      }
    }
  }
}
