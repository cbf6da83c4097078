package dev.baton.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract, as somebody reads it who knows nothing else. */
final class ContractDocument {
  private static final String COMPONENTS = "#/components/";

  /** Problems may have members of their own (RFC 9457). */
  private static final String OPEN = "Problem";

  private final ObjectNode document;
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi30());
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  private ContractDocument(ObjectNode document) {
    this.document = document;
  }

  static ContractDocument read(Path file) {
    try {
      return new ContractDocument(
          (ObjectNode) YAMLMapper.builder().build().readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static ContractDocument of(JsonNode document) {
    return new ContractDocument((ObjectNode) document);
  }

  /** A parameter of an operation. */
  record Parameter(String name, String in, boolean required, JsonNode schema) {}

  /** An operation, with its path in the document's form. */
  record Operation(
      String method,
      String path,
      List<Parameter> parameters,
      Optional<JsonNode> body,
      JsonNode responses) {

    @Override
    public String toString() {
      return method + " " + path;
    }

    /** What is declared for a status: itself, else its range. */
    Optional<JsonNode> response(int status) {
      return Optional.of(responses.path(Integer.toString(status)))
          .filter(JsonNode::isObject)
          .or(() -> Optional.of(responses.path(status / 100 + "XX")).filter(JsonNode::isObject));
    }
  }

  List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (var path : document.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        var operation = method.getValue();
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                operation.path("parameters").valueStream().map(this::parameter).toList(),
                Optional.of(
                        operation
                            .path("requestBody")
                            .path("content")
                            .path("application/json")
                            .path("schema"))
                    .filter(JsonNode::isObject)
                    .map(this::resolved),
                operation.path("responses")));
      }
    }
    return operations;
  }

  private Parameter parameter(JsonNode given) {
    var parameter = resolved(given);
    return new Parameter(
        parameter.path("name").stringValue(),
        parameter.path("in").stringValue(),
        parameter.path("required").booleanValue(false),
        resolved(parameter.path("schema")));
  }

  /** What a reference refers to, or the node itself. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? resolved(
            document
                .path("components")
                .at("/" + node.path("$ref").stringValue().substring(COMPONENTS.length())))
        : node;
  }

  /** What doesn't fit the schema; a member that isn't declared doesn't fit either. */
  List<String> misfits(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Object::toString)
        .toList();
  }

  private Schema compiled(JsonNode schema) {
    var whole = JsonNodeFactory.instance.objectNode();
    whole.putArray("allOf").add(schema);
    var components = (ObjectNode) document.path("components").deepCopy();
    for (var one : components.path("schemas").properties()) {
      if (!one.getKey().equals(OPEN)) {
        close(one.getValue());
      }
    }
    whole.set("components", components);
    return registry.getSchema(whole);
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
      object.path("properties").forEach(ContractDocument::close);
    }
    if (schema.has("items")) {
      close(schema.path("items"));
    }
  }
}
