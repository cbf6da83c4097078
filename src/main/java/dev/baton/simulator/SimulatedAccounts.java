package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Several accounts behind one endpoint, each of them a {@link Simulator} of its own. Credentials
 * tell which account is meant: those that STS's AssumeRole gives out here carry it, and any others
 * are the first account's.
 */
public final class SimulatedAccounts implements AutoCloseable {
  private static final List<String> PASSED_ON =
      List.of("Authorization", "Content-Type", "Accept", "smithy-protocol", "X-Amz-Date");

  private final Map<String, Simulator> accounts = new LinkedHashMap<>();
  private final SecurityTokens tokens = new SecurityTokens();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private SimulatedAccounts(SimulatorSettings settings, List<String> accountIds)
      throws IOException {
    accountIds.forEach(id -> accounts.put(id, Simulator.start(settings.withAccountId(id))));
    server = Port.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts an empty world for each account, on loopback. */
  public static SimulatedAccounts start(SimulatorSettings settings, String... accountIds) {
    try {
      return new SimulatedAccounts(settings, List.of(accountIds));
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator can't listen on loopback.", e);
    }
  }

  /** Where all of them, and STS, can be reached from this machine. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The world of one account. */
  public Simulator account(String accountId) {
    return Optional.ofNullable(accounts.get(accountId))
        .orElseThrow(() -> new IllegalArgumentException(accountId + " is not simulated."));
  }

  /** Lets a role be assumed by whoever gives this external id. */
  public void allow(String roleArn, String externalId) {
    tokens.allow(roleArn, externalId);
  }

  /** Lets a role be assumed no longer; credentials that were given out for it are refused, too. */
  public void deny(String roleArn) {
    tokens.deny(roleArn);
  }

  /** How often STS was asked for a role, whatever it answered. */
  public int questionsToSts() {
    return tokens.questions();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closing an exchange that has not been answered closes its connection: that is the cut.
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (authorization != null && authorization.contains("/sts/aws4_request")) {
        var answer = tokens.answer(body);
        send(exchange, answer.status(), "text/xml", answer.xml().getBytes(StandardCharsets.UTF_8));
        return;
      }
      passOn(exchange, body, authorization == null ? "" : authorization);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void passOn(HttpExchange exchange, byte[] body, String authorization)
      throws IOException, InterruptedException {
    var account = tokens.account(authorization);
    if (account.isEmpty()) {
      var error = new QueryError(403, "InvalidClientTokenId", "The security token is invalid.");
      var xml = XmlAnswer.error(error, UUID.randomUUID().toString());
      send(exchange, error.status(), "text/xml", xml.getBytes(StandardCharsets.UTF_8));
      return;
    }
    var simulator = accounts.getOrDefault(account.get(), accounts.values().iterator().next());
    var request =
        HttpRequest.newBuilder(simulator.endpoint().resolve(exchange.getRequestURI().getPath()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (var name : PASSED_ON) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("date")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    send(exchange, answer.statusCode(), "", answer.body());
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops listening and cuts off every call that is under way. */
  @Override
  public void close() {
    server.stop(0);
    accounts.values().forEach(Simulator::close);
    client.shutdownNow();
    executor.shutdownNow();
  }
}
