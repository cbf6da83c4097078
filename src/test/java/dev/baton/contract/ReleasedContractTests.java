package dev.baton.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Who programmed against the last release can go on with this one. */
class ReleasedContractTests {
  private static final Path RELEASED = Path.of("openapi", "released.yaml");
  private static final Path PRESENT = Path.of("openapi", "openapi.yaml");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @Test
  void isKept() throws IOException {
    var difference = difference(Files.readString(RELEASED), Files.readString(PRESENT));

    assertThat(difference.isIncompatible()).as(() -> told(difference)).isFalse();
  }

  static Stream<Arguments> breaks() {
    return Stream.of(
        broken("an operation is gone", it -> object(it, "paths", "/v1/audit").remove("get")),
        broken(
            "an answer lacks a field",
            it -> {
              object(it, "components", "schemas", "Failover", "properties").remove("status");
              remove(array(it, "components", "schemas", "Failover", "required"), "status");
            }),
        broken(
            "a field of an answer has another type",
            it ->
                object(it, "components", "schemas", "Failover", "properties", "acceptDataLoss")
                    .put("type", "string")),
        broken(
            "a request needs another field",
            it -> {
              object(it, "components", "schemas", "FailoverRequest", "properties")
                  .putObject("budget")
                  .put("type", "string");
              array(it, "components", "schemas", "FailoverRequest", "required").add("budget");
            }),
        broken(
            "a request may say less",
            it ->
                remove(
                    array(
                        it,
                        "components",
                        "schemas",
                        "FailoverRequest",
                        "properties",
                        "mode",
                        "enum"),
                    "FAILOVER")),
        broken(
            "a text of a request must be shorter",
            it ->
                object(it, "components", "schemas", "FailoverRequest", "properties", "reason")
                    .put("maxLength", 10)),
        broken(
            "a list needs a parameter",
            it ->
                array(it, "paths", "/v1/failovers", "get", "parameters")
                    .addObject()
                    .put("name", "tenant")
                    .put("in", "query")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string")),
        broken(
            "success has another status",
            it -> {
              var responses = object(it, "paths", "/v1/failovers", "post", "responses");
              responses.set("201", responses.remove("202"));
            }),
        broken(
            "an answer has another format",
            it -> {
              var content =
                  object(it, "paths", "/v1/failovers/{id}", "get", "responses", "200", "content");
              content.set("application/hal+json", content.remove("application/json"));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaks")
  void noticesThat(String what, Consumer<ObjectNode> change) throws IOException {
    var released = Files.readString(RELEASED);
    var broken = (ObjectNode) YAML.readTree(released);
    change.accept(broken);
    assertThat(broken).isNotEqualTo(YAML.readTree(released));

    assertThat(difference(released, YAML.writeValueAsString(broken)).isIncompatible()).isTrue();
  }

  @Test
  void hasNothingAgainstAnAddition() throws IOException {
    var released = Files.readString(RELEASED);
    var more = (ObjectNode) YAML.readTree(released);
    object(more, "components", "schemas", "FailoverRequest", "properties")
        .putObject("tenant")
        .put("type", "string");
    object(more, "components", "schemas", "Failover", "properties")
        .putObject("tenant")
        .put("type", "string");

    var difference = difference(released, YAML.writeValueAsString(more));

    assertThat(difference.isDifferent()).isTrue();
    assertThat(difference.isIncompatible()).as(() -> told(difference)).isFalse();
  }

  /** The contract says that answers may get more values: a client has to reckon with them. */
  private static ChangedOpenApi difference(String released, String present) {
    var options =
        OpenApiDiffOptions.builder()
            .configProperty("incompatible.response.enum.increased", "false")
            .build();
    return OpenApiCompare.fromContents(released, present, null, options);
  }

  private static String told(ChangedOpenApi difference) {
    var bytes = new ByteArrayOutputStream();
    new ConsoleRender().render(difference, new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Arguments broken(String what, Consumer<ObjectNode> change) {
    return Arguments.of(what, change);
  }

  private static ObjectNode object(JsonNode contract, String... path) {
    return (ObjectNode) at(contract, path);
  }

  private static ArrayNode array(JsonNode contract, String... path) {
    return (ArrayNode) at(contract, path);
  }

  private static JsonNode at(JsonNode contract, String... path) {
    var node = contract;
    for (var name : path) {
      node = node.required(name);
    }
    return node;
  }

  private static void remove(ArrayNode values, String value) {
    for (int index = 0; index < values.size(); index++) {
      if (values.get(index).asString().equals(value)) {
        values.remove(index);
        return;
      }
    }
    throw new IllegalArgumentException("no " + value);
  }
}
