package dev.baton;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.baton.problem.ProblemType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The problems in the contract: their form, and which status each operation may answer with. */
final class ContractProblems {
  private static final String PROBLEM = "Problem";
  private static final String VIOLATION = "Violation";

  private ContractProblems() {}

  static void addTo(OpenAPI contract) {
    contract
        .getComponents()
        .addSchemas(PROBLEM, problem())
        .addSchemas(VIOLATION, violation())
        .addSchemas("ProblemType", types());
    contract
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) ->
                    addTo(operation, path, method, contract.getComponents())));
  }

  private static void addTo(
      Operation operation, String path, HttpMethod method, Components components) {
    for (var status : statuses(path, method)) {
      var types = types(status, path, method);
      var media = new MediaType().schema(reference(PROBLEM));
      types.forEach(type -> components.addExamples(type.slug(), example(type)));
      types.forEach(type ->
          media.addExamples(
              type.slug(), new Example().$ref("#/components/examples/" + type.slug())));
      operation
          .getResponses()
          .addApiResponse(
              Integer.toString(status),
              new ApiResponse()
                  .description(
                      types.stream()
                          .map(type -> type.title() + " (" + type.slug() + ")")
                          .collect(joining("; ")))
                  .headers(headers(status))
                  .content(new Content().addMediaType("application/problem+json", media)));
    }
  }

  private static @Nullable Map<String, Header> headers(int status) {
    return switch (status) {
      case 401 ->
          Map.of("WWW-Authenticate", header("Which credentials are taken", new StringSchema()));
      case 409 ->
          Map.of(
              "Retry-After",
              header(
                  "Seconds until it may be otherwise, where that is known", new IntegerSchema()));
      case 415 ->
          new TreeMap<>(
              Map.of(
                  "Accept",
                  header("The content type that is taken", new StringSchema()),
                  "Accept-Encoding",
                  header("identity, where the body was compressed", new StringSchema())));
      case 503 ->
          Map.of(
              "Retry-After",
              header("Seconds after which to repeat the request", new IntegerSchema()));
      default -> null;
    };
  }

  private static Header header(String description, Schema<?> schema) {
    return new Header().description(description).schema(schema);
  }

  private static Example example(ProblemType type) {
    var value = new LinkedHashMap<String, Object>();
    value.put("type", type.uri().toString());
    value.put("title", type.title());
    value.put("status", type.status());
    value.put("detail", type.remedy());
    value.put("instance", "/v1/failovers");
    return new Example().summary(type.title()).value(value);
  }

  private static Set<Integer> statuses(String path, HttpMethod method) {
    return Arrays.stream(ProblemType.values())
        .filter(type -> concerns(type, path, method))
        .map(ProblemType::status)
        .collect(toCollection(TreeSet::new));
  }

  private static boolean isRequest(String path, HttpMethod method) {
    return method == HttpMethod.POST
        && (path.equals("/v1/failovers") || path.endsWith("/failback"));
  }

  private static boolean isEvacuationRequest(String path, HttpMethod method) {
    return method == HttpMethod.POST
        && (path.equals("/v1/evacuations") || path.endsWith("/rollback"));
  }

  private static List<ProblemType> types(int status, String path, HttpMethod method) {
    return Arrays.stream(ProblemType.values())
        .filter(type -> type.status() == status)
        .filter(type -> concerns(type, path, method))
        .toList();
  }

  private static boolean concerns(ProblemType type, String path, HttpMethod method) {
    return switch (type) {
      case INVALID_REQUEST,
          UNAUTHENTICATED,
          FORBIDDEN,
          NOT_ACCEPTABLE,
          MISDIRECTED_REQUEST,
          INTERNAL_ERROR,
          DATABASE_UNAVAILABLE,
          IDENTITY_PROVIDER_UNAVAILABLE,
          UNAVAILABLE ->
          true;
      case NOT_FOUND, METHOD_NOT_ALLOWED -> false;
      case MALFORMED_BODY, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> method != HttpMethod.GET;
      case UNKNOWN_FAILOVER -> path.startsWith("/v1/failovers/{");
      case UNKNOWN_GLOBAL_DATASTORE, AWS_UNAVAILABLE ->
          path.startsWith("/v1/global-datastores/{")
              || isRequest(path, method)
              || path.endsWith("/evaluate");
      case REFUSED_BY_POLICY -> isRequest(path, method) || method == HttpMethod.PATCH;
      case OVERRIDE_REFUSED -> isRequest(path, method) || isEvacuationRequest(path, method);
      case UNKNOWN_EVACUATION -> path.startsWith("/v1/evacuations/{");
      case NOTHING_TO_EVACUATE -> isEvacuationRequest(path, method);
      case EVACUATION_IN_PROGRESS -> isEvacuationRequest(path, method) || path.endsWith("/retry");
      case EVACUATION_STATUS ->
          path.startsWith("/v1/evacuations/{")
              && method == HttpMethod.POST
              && !path.endsWith("/approve")
              && !path.endsWith("/reject");
      case FAILOVER_IN_PROGRESS,
          ALREADY_PRIMARY,
          PRIMARY_ELSEWHERE,
          IDEMPOTENCY_KEY_IN_USE,
          IDEMPOTENCY_KEY_REUSED ->
          isRequest(path, method);
      case FAILBACK_REFUSED -> path.endsWith("/failback");
      case NOT_AWAITING_APPROVAL, ALREADY_APPROVED, NOT_AN_APPROVER ->
          path.endsWith("/approve") || path.endsWith("/reject");
      case OWN_REQUEST ->
          path.endsWith("/approve") || path.endsWith("/reject") || path.endsWith("/acknowledge");
      case NOT_CANCELLABLE -> path.endsWith("/cancel");
      case NOT_REVIEWABLE -> path.endsWith("/acknowledge");
      case NOT_RESCHEDULABLE, FAILOVER_CHANGED -> method == HttpMethod.PATCH;
      case AWS_REFUSED -> isRequest(path, method) || path.endsWith("/evaluate");
      case NOT_RESOLVABLE -> path.endsWith("/resolve");
      case UNKNOWN_HOLD -> path.startsWith("/v1/holds/{");
      case HOLD_OVER -> path.startsWith("/v1/holds/{") && method == HttpMethod.DELETE;
      case UNKNOWN_POLICY -> path.startsWith("/v1/policies/{");
      case INVALID_POLICY -> method == HttpMethod.PUT || isTrial(path);
      case POLICY_WARNING -> method == HttpMethod.PUT;
      case PRECONDITION_REQUIRED -> isPolicyChange(path, method) || method == HttpMethod.PATCH;
      case POLICY_CHANGED -> isPolicyChange(path, method);
    };
  }

  private static boolean isPolicyChange(String path, HttpMethod method) {
    return path.equals("/v1/policies/{name}")
        && (method == HttpMethod.PUT || method == HttpMethod.DELETE);
  }

  private static boolean isTrial(String path) {
    return path.endsWith("/evaluate") || path.endsWith("/backtest");
  }

  private static Schema<?> problem() {
    var problem = new ObjectSchema();
    problem.setRequired(List.of("type", "title", "status", "detail", "instance"));
    problem
        .description("RFC 9457. Some types have further members.")
        .addProperty(
            "type",
            reference("ProblemType")
                .description("Stable; leads to its description at this service."))
        .addProperty("title", new StringSchema().description("The type in words."))
        .addProperty("status", new IntegerSchema().description("The HTTP status."))
        .addProperty("detail", new StringSchema().description("What was wrong this time."))
        .addProperty(
            "instance", new StringSchema().format("uri-reference").description("The request."))
        .addProperty(
            "violations",
            new ArraySchema()
                .items(reference(VIOLATION))
                .description("All that is wrong with the request, at once."))
        .addProperty(
            "refusals",
            new ArraySchema()
                .items(reference("RuleResult"))
                .description("What every rule answered that refused."))
        .addProperty(
            "warnings",
            new ArraySchema()
                .items(reference("PolicyWarning"))
                .description("What the author of a policy may not mean."))
        .addProperty(
            "evacuationId",
            new StringSchema().format("uuid").description("The evacuation that it is about."))
        .addProperty(
            "leftOut",
            new ArraySchema()
                .items(reference("LeftOut"))
                .description("What is selected and can't be moved, and why."))
        .addProperty(
            "failoverId",
            new StringSchema()
                .format("uuid")
                .description(
                    "The failover that it is about: the denied one, or the one under way."));
    return problem;
  }

  private static Schema<?> violation() {
    var violation = new ObjectSchema();
    violation.setRequired(List.of("field", "message"));
    violation
        .addProperty("field", new StringSchema().description("Its name in the request."))
        .addProperty("message", new StringSchema().description("What it must be, and what it is."));
    return violation;
  }

  private static Schema<?> types() {
    var schema = new StringSchema();
    for (var type : ProblemType.values()) {
      schema.addEnumItem(type.uri().toString());
    }
    return schema;
  }

  private static Schema<?> reference(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }
}
