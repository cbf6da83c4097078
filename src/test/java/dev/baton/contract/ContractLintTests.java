package dev.baton.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract says all that a caller needs, and the lint would notice if it did not. */
class ContractLintTests {
  private static final Path CONTRACT = Path.of("openapi", "openapi.yaml");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @Test
  void findsNothing() throws IOException {
    assertThat(ContractLint.faults(Files.readString(CONTRACT))).isEmpty();
  }

  /** What an endpoint that is not there answers, or one with another method, is no operation's. */
  @Test
  void hasAnExampleOfEachProblem() throws IOException {
    var examples = YAML.readTree(Files.readString(CONTRACT)).path("components").path("examples");

    assertThat(examples.propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemType.values())
                .filter(type -> type != ProblemType.NOT_FOUND)
                .filter(type -> type != ProblemType.METHOD_NOT_ALLOWED)
                .map(ProblemType::slug)
                .toList());
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw("no operationId", "needs an operationId", it -> list(it).remove("operationId")),
        flaw(
            "an operationId that is not camel case",
            "needs an operationId",
            it -> list(it).put("operationId", "list-failovers")),
        flaw(
            "an operationId twice",
            "needs an operationId",
            it -> list(it).put("operationId", "listAuditEntries")),
        flaw("no summary", "has no summary", it -> list(it).remove("summary")),
        flaw("no description", "has no description", it -> list(it).remove("description")),
        flaw("no permission", "has no x-permission", it -> list(it).remove("x-permission")),
        flaw("no tag", "needs one tag", it -> list(it).remove("tags")),
        flaw("no tag that is described", "needs one tag", it -> it.remove("tags")),
        flaw(
            "a parameter without description",
            "status has no description",
            it -> object(list(it), "parameters", "0").remove("description")),
        flaw(
            "a header without description",
            "Location has no description",
            it ->
                object(
                        it,
                        "paths",
                        "/v1/failovers",
                        "post",
                        "responses",
                        "202",
                        "headers",
                        "Location")
                    .remove("description")),
        flaw(
            "a field without description",
            "Failover.effect has no description",
            it ->
                object(it, "components", "schemas", "Failover", "properties", "effect")
                    .remove("description")),
        flaw(
            "an answer without example",
            "200 has no example",
            it -> success(it, "application/json").remove("example")),
        flaw(
            "an example that does not fit",
            "has an example that does not fit",
            it -> success(it, "application/json").putObject("example").put("items", "none")),
        flaw(
            "a problem in plain JSON",
            "has to be application/problem+json",
            it -> {
              var content = object(list(it), "responses", "400", "content");
              content.set("application/json", content.remove("application/problem+json"));
            }),
        flaw("no 403", "does not declare [403]", it -> object(list(it), "responses").remove("403")),
        flaw(
            "no challenge",
            "has to say WWW-Authenticate",
            it -> object(list(it), "responses", "401").remove("headers")),
        flaw("no security", "demands no credentials", it -> it.remove("security")),
        flaw(
            "an unknown security scheme",
            "the security scheme key has no description",
            it -> ((ArrayNode) it.path("security")).addObject().putArray("key")),
        flaw(
            "a schema that nothing uses",
            "components/schemas/Lost is not used",
            it ->
                object(it, "components", "schemas")
                    .putObject("Lost")
                    .put("type", "object")
                    .put("description", "Not used.")),
        flaw(
            "a parameter in no place that OpenAPI knows",
            "is not of type",
            it -> object(list(it), "parameters", "0").put("in", "bodies")),
        flaw(
            "no title",
            "attribute info.title is missing",
            it -> object(it, "info").remove("title")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void notices(String what, String words, Consumer<ObjectNode> change) throws IOException {
    var broken = (ObjectNode) YAML.readTree(Files.readString(CONTRACT));
    change.accept(broken);

    assertThat(ContractLint.faults(YAML.writeValueAsString(broken)))
        .anySatisfy(fault -> assertThat(fault).contains(words));
  }

  private static Arguments flaw(String what, String words, Consumer<ObjectNode> change) {
    return Arguments.of(what, words, change);
  }

  private static ObjectNode list(JsonNode contract) {
    return object(contract, "paths", "/v1/failovers", "get");
  }

  private static ObjectNode success(JsonNode contract, String type) {
    return object(list(contract), "responses", "200", "content", type);
  }

  private static ObjectNode object(JsonNode from, String... path) {
    var node = from;
    for (var name : path) {
      node = node.isArray() ? node.required(Integer.parseInt(name)) : node.required(name);
    }
    return (ObjectNode) node;
  }
}
