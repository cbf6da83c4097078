package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Query API over HTTP, with the faults that were injected. */
final class QueryEndpoint implements HttpHandler, Reception.Service {

  static final String MARK = "x-baton-simulator";

  private static final int LONGEST_BODY = 64 * 1024;

  private final ElastiCache elastiCache;
  private final Reception reception;

  QueryEndpoint(ElastiCache elastiCache, Reception reception) {
    this.elastiCache = elastiCache;
    this.reception = reception;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    // Closing an exchange that has not been answered closes its connection: that is the cut.
    try (exchange) {
      Optional<Reception.Answer> answer = reception.answer(exchange, requestId, this);
      if (answer.isPresent()) {
        send(exchange, requestId, answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public byte[] carryOut(QueryRequest request) {
    return elastiCache.answer(request).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public AnswerBody distort(Fault.Distortion fault, QueryRequest request, byte[] answer) {
    return DistortedAnswer.xml(fault, request, answer);
  }

  @Override
  public byte[] error(QueryError error, String requestId) {
    return XmlAnswer.error(error, requestId).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public QueryRequest read(HttpExchange exchange, String requestId) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw new QueryError(413, "RequestEntityTooLarge", "The body is longer than 64 KiB.");
    }
    if (!exchange.getRequestMethod().equals("POST") || !isForm(exchange)) {
      throw new QueryError(
          400,
          "MalformedQueryString",
          "Send a POST with a body of type application/x-www-form-urlencoded.");
    }
    CredentialScope scope =
        CredentialScope.of(
            exchange.getRequestHeaders().getFirst("Authorization"), CredentialScope.ELASTICACHE);
    Map<String, String> parameters = FormBody.parse(body);
    return new QueryRequest(requestId, scope.region(), parameters);
  }

  private static boolean isForm(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  private static void send(HttpExchange exchange, String requestId, Reception.Answer answer)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    exchange.getResponseHeaders().set(MARK, "true");
    answer.body().send(exchange, answer.status());
  }
}
