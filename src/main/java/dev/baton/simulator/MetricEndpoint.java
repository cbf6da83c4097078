package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.baton.simulator.MetricRequest.Query;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.cbor.CBORMapper;

/** CloudWatch over HTTP, in Smithy RPC v2 CBOR, with the faults that were injected. */
final class MetricEndpoint implements HttpHandler {

  static final String PATH = "/service/GraniteServiceVersion20100801/operation/";

  static final String ACTION = "GetMetricData";
  private static final String PROTOCOL_HEADER = "smithy-protocol";
  private static final String PROTOCOL = "rpc-v2-cbor";
  private static final String CBOR = "application/cbor";
  private static final int LONGEST_BODY = 1024 * 1024;

  private final CloudWatch cloudWatch;
  private final Reception reception;
  private final CBORMapper cbor = CBORMapper.shared();

  MetricEndpoint(CloudWatch cloudWatch, Reception reception) {
    this.cloudWatch = cloudWatch;
    this.reception = reception;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    try (exchange) {
      Optional<Reception.Answer> answer =
          reception.answer(exchange, requestId, new GetMetricData());
      if (answer.isPresent()) {
        send(exchange, requestId, answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One call: what was read of it is what is carried out. */
  private final class GetMetricData implements Reception.Service {

    private Optional<MetricRequest> asked = Optional.empty();

    @Override
    public QueryRequest read(HttpExchange exchange, String requestId) throws IOException {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
      if (body.length > LONGEST_BODY) {
        throw new QueryError(413, "RequestEntityTooLarge", "The body is longer than 1 MiB.");
      }
      refuseOtherProtocols(exchange);
      CredentialScope scope =
          CredentialScope.of(
              exchange.getRequestHeaders().getFirst("Authorization"), CredentialScope.CLOUDWATCH);
      MetricRequest request = understood(body);
      asked = Optional.of(request);
      return new QueryRequest(requestId, scope.region(), parameters(request));
    }

    @Override
    public byte[] carryOut(QueryRequest request) {
      return cloudWatch.answer(asked.orElseThrow(), request.region());
    }

    @Override
    public AnswerBody distort(Fault.Distortion fault, QueryRequest request, byte[] answer) {
      return DistortedAnswer.cbor(fault, answer);
    }

    @Override
    public byte[] error(QueryError error, String requestId) {
      Map<String, String> body = new LinkedHashMap<>();
      body.put("__type", "com.amazonaws.cloudwatch#" + error.code());
      body.put("message", error.message());
      return cbor.writeValueAsBytes(body);
    }
  }

  private static void refuseOtherProtocols(HttpExchange exchange) {
    String operation = exchange.getRequestURI().getPath().substring(PATH.length());
    if (!operation.equals(ACTION)) {
      throw new QueryError(
          404,
          "UnknownOperationException",
          "There is %s here, but no %s.".formatted(ACTION, operation));
    }
    if (!exchange.getRequestMethod().equals("POST")
        || !PROTOCOL.equals(exchange.getRequestHeaders().getFirst(PROTOCOL_HEADER))
        || !CBOR.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      throw new QueryError(
          400,
          "SerializationException",
          "Send a POST of type %s with the header %s: %s."
              .formatted(CBOR, PROTOCOL_HEADER, PROTOCOL));
    }
  }

  private MetricRequest understood(byte[] body) {
    try {
      return MetricRequest.of(cbor.readTree(body));
    } catch (JacksonException e) {
      throw new QueryError(
          400, "SerializationException", "The body is not CBOR: " + e.getOriginalMessage());
    }
  }

  /** What the log of calls shows of it. */
  private static Map<String, String> parameters(MetricRequest request) {
    return Map.of(
        "Action",
        ACTION,
        "Namespaces",
        distinct(request, Query::namespace),
        "MetricNames",
        distinct(request, Query::metric),
        "Stats",
        distinct(request, Query::statistic),
        "DimensionNames",
        distinct(request, Query::name),
        "DimensionValues",
        distinct(request, Query::value),
        "NextToken",
        Integer.toString(request.firstQuery()));
  }

  private static String distinct(MetricRequest request, Function<Query, String> part) {
    return request.queries().stream().map(part).distinct().collect(Collectors.joining(","));
  }

  private static void send(HttpExchange exchange, String requestId, Reception.Answer answer)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", CBOR);
    exchange.getResponseHeaders().set(PROTOCOL_HEADER, PROTOCOL);
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    exchange.getResponseHeaders().set(QueryEndpoint.MARK, "true");
    answer.body().send(exchange, answer.status());
  }
}
