package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The control API. It can be called by a loopback name or a configured one only, and what changes
 * something must be {@code application/json}: a page in a browser on the same machine can send
 * neither.
 */
final class ControlEndpoint implements HttpHandler {

  static final String PATH = "/simulator/";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST_BODY = 64 * 1024;

  private final Control control;
  private final Set<String> hostNames;

  ControlEndpoint(Control control, Set<String> hostNames) {
    this.control = control;
    this.hostNames = hostNames;
  }

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
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        refuseStrangers(exchange);
        if (body.length > LONGEST_BODY) {
          throw new Refusal(413, "Too long", "The body is longer than 64 KiB.");
        }
        send(exchange, 200, answer(exchange, body));
      } catch (Refusal refusal) {
        send(exchange, refusal.problem.status(), refusal.problem);
      } catch (IllegalArgumentException e) {
        send(exchange, 400, new Problem("Refused", 400, String.valueOf(e.getMessage())));
      } catch (UncheckedIOException e) {
        // The port of a Region that is to be lit again has been taken by another process.
        send(exchange, 503, new Problem("Port taken", 503, String.valueOf(e.getMessage())));
      }
    }
  }

  private Object answer(HttpExchange exchange, byte[] body) {
    String name = exchange.getRequestURI().getPath().substring(PATH.length());
    return control
        .answer(exchange.getRequestMethod() + " " + name, body)
        .orElseThrow(() ->
            new Refusal(
                404, "Not found", "There is " + Control.REQUESTS + ", all under " + PATH + "."));
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
    byte[] bytes = ControlJson.MAPPER.writeValueAsBytes(answer);
    String type = status < 400 ? "application/json" : "application/problem+json";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set(QueryEndpoint.MARK, "true");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
