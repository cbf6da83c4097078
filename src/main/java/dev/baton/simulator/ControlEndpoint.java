package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control API. It can be called by a loopback name or a configured one only, and what changes
 * something must be {@code application/json}: a page in a browser on the same machine can send
 * neither.
 */
final class ControlEndpoint implements HttpHandler {

  static final String PATH = "/simulator/";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST_BODY = 64 * 1024;

  private final Simulator simulator;
  private final Set<String> hostNames;
  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  ControlEndpoint(Simulator simulator, Set<String> hostNames) {
    this.simulator = simulator;
    this.hostNames = hostNames;
  }

  private record Items(List<?> items) {}

  private record Problem(String title, int status, String detail) {}

  private static final class Refusal extends RuntimeException {

    private final Problem problem;

    Refusal(int status, String title, String detail) {
      super(detail);
      this.problem = new Problem(title, status, detail);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        refuseStrangers(exchange);
        send(exchange, 200, answer(exchange, body));
      } catch (Refusal refusal) {
        send(exchange, refusal.problem.status(), refusal.problem);
      } catch (JacksonException e) {
        send(exchange, 400, new Problem("Not understood", 400, e.getOriginalMessage()));
      } catch (IllegalArgumentException e) {
        send(exchange, 400, new Problem("Refused", 400, String.valueOf(e.getMessage())));
      }
    }
  }

  private Object answer(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath().substring(PATH.length());
    return switch (exchange.getRequestMethod() + " " + path) {
      case "GET health" -> Map.of("status", "UP");
      case "GET calls" -> new Items(simulator.calls());
      case "GET datastores" -> new Items(simulator.datastores());
      case "POST datastores" -> {
        simulator.add(json.readValue(body, ControlRequest.Datastore.class).toDatastore());
        yield new Items(simulator.datastores());
      }
      case "POST faults" -> {
        simulator.inject(json.readValue(body, ControlRequest.Injected.class).toInjection());
        yield Map.of("injected", true);
      }
      case "DELETE faults" -> {
        simulator.clearFaults();
        yield Map.of("cleared", true);
      }
      case "POST release" -> Map.of("released", simulator.release());
      case "POST regions" -> {
        json.readValue(body, ControlRequest.Light.class).applyTo(simulator);
        yield Map.of("changed", true);
      }
      case "POST replication-lag" -> {
        json.readValue(body, ControlRequest.Lag.class).applyTo(simulator);
        yield Map.of("changed", true);
      }
      case "POST promotion-plan" -> {
        simulator.promotionsGo(json.readValue(body, ControlRequest.Plan.class).toPlan());
        yield Map.of("changed", true);
      }
      default ->
          throw new Refusal(
              404,
              "Not found",
              "There is GET health, calls, datastores; POST datastores, faults, release, regions,"
                  + " promotion-plan, replication-lag; DELETE faults, all under "
                  + PATH);
    };
  }

  private void refuseStrangers(HttpExchange exchange) {
    String host = nameOf(exchange.getRequestHeaders().getFirst("Host"));
    if (!LOOPBACK.contains(host) && !hostNames.contains(host)) {
      throw new Refusal(
          403,
          "Host not allowed",
          "The Host header names '%s'; allowed are %s and %s. Add names in BATON_SIMULATOR_HOST_NAMES."
              .formatted(host, LOOPBACK, hostNames));
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean isJson =
        type != null && type.split(";", -1)[0].strip().equalsIgnoreCase("application/json");
    if (!exchange.getRequestMethod().equals("GET") && !isJson) {
      throw new Refusal(
          415,
          "Not JSON",
          "The Content-Type is '%s'; send application/json, also without a body.".formatted(type));
    }
  }

  private static String nameOf(@Nullable String host) {
    return host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
  }

  private void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] bytes = json.writeValueAsBytes(answer);
    String type = status < 400 ? "application/json" : "application/problem+json";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set(QueryEndpoint.MARK, "true");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
