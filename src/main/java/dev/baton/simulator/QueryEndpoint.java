package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.baton.simulator.RecordedCall.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Query API over HTTP, with the faults that were injected. */
final class QueryEndpoint implements HttpHandler {

  static final String MARK = "x-baton-simulator";

  private static final Logger LOG = LoggerFactory.getLogger(QueryEndpoint.class);
  private static final int LONGEST_BODY = 64 * 1024;

  private final ElastiCache elastiCache;
  private final Faults faults;
  private final CallLog log;
  private final InstantSource clock;

  QueryEndpoint(ElastiCache elastiCache, Faults faults, CallLog log, InstantSource clock) {
    this.elastiCache = elastiCache;
    this.faults = faults;
    this.log = log;
    this.clock = clock;
  }

  /** What becomes of the exchange; empty where the connection is to be cut. */
  private record Answer(int status, String xml) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    // Closing an exchange that has not been answered closes its connection: that is the cut.
    try (exchange) {
      Optional<Answer> answer = answer(exchange, requestId);
      if (answer.isPresent()) {
        send(exchange, requestId, answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Answer> answer(HttpExchange exchange, String requestId)
      throws IOException, InterruptedException {
    QueryRequest request;
    try {
      request = read(exchange, requestId);
    } catch (QueryError e) {
      LOG.info("Refused a request that can't be read: {}", e.message());
      return Optional.of(new Answer(e.status(), XmlAnswer.error(e, requestId)));
    }
    CallLog.Entry entry = log.arrived(request, clock.instant());
    if (faults.keptInTheDark(request.region())) {
      LOG.info("{} in {}: the Region is dark", request.action(), request.region());
      return cut(entry);
    }
    return carryOut(request, entry);
  }

  private Optional<Answer> carryOut(QueryRequest request, CallLog.Entry entry)
      throws InterruptedException {
    Optional<Fault> fault = faults.strike(request);
    try {
      if (fault.isPresent()
          && fault.get().when() == Fault.When.BEFORE
          && isCutBy(fault.get(), entry)) {
        return cut(entry);
      }
      String xml = elastiCache.answer(request);
      entry.become(RecordedCall::havingActed);
      if (fault.isPresent()
          && fault.get().when() == Fault.When.AFTER
          && isCutBy(fault.get(), entry)) {
        return cut(entry);
      }
      entry.become(call -> call.with(Progress.ANSWERED));
      LOG.debug("{} in {}: answered", request.action(), request.region());
      return Optional.of(new Answer(200, xml));
    } catch (QueryError e) {
      entry.become(call -> call.refused(e.code()));
      LOG.info("{} in {}: {} {}", request.action(), request.region(), e.code(), e.message());
      return Optional.of(new Answer(e.status(), XmlAnswer.error(e, request.requestId())));
    }
  }

  private boolean isCutBy(Fault fault, CallLog.Entry entry) throws InterruptedException {
    return switch (fault) {
      case Fault.Hold hold -> {
        entry.become(call -> call.with(Progress.HELD));
        yield !faults.hold();
      }
      case Fault.Cut cut -> true;
      case Fault.Failure failure ->
          throw new QueryError(failure.status(), failure.code(), failure.message());
    };
  }

  private static Optional<Answer> cut(CallLog.Entry entry) {
    entry.become(call -> call.with(Progress.CUT));
    return Optional.empty();
  }

  private static QueryRequest read(HttpExchange exchange, String requestId) throws IOException {
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
        CredentialScope.of(exchange.getRequestHeaders().getFirst("Authorization"));
    Map<String, String> parameters = FormBody.parse(body);
    return new QueryRequest(requestId, scope.region(), parameters);
  }

  private static boolean isForm(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  private static void send(HttpExchange exchange, String requestId, Answer answer)
      throws IOException {
    byte[] bytes = answer.xml().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    exchange.getResponseHeaders().set(MARK, "true");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
