package dev.baton.contract;

import dev.baton.contract.ContractDocument.Operation;
import dev.baton.contract.ContractDocument.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests from the contract: right ones, and ones with flaws that are known. */
final class RequestGenerator {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\u0000",
          "a\nb",
          "\u001b[31m",
          "\u202e",
          "é",
          "\ud83d\udd25",
          "'; drop table failover; --",
          "../../etc/passwd",
          "%00",
          "${jndi:ldap://x}",
          "<script>",
          "null",
          "-1",
          "x".repeat(3_000));

  private final RandomGenerator random;
  private final Known known;

  RequestGenerator(RandomGenerator random, Known known) {
    this.random = random;
    this.known = known;
  }

  /** What a caller knows who has used the service for a while. */
  interface Known {

    /** Who may do it, as {@code name:password}. */
    String allowed(Operation operation);

    /** Who is known, but may not do it. */
    Optional<String> forbidden(Operation operation);

    /** Values that exist, for a parameter or a field; none: any that the schema allows will do. */
    List<String> values(Operation operation, String name);

    /** Whether a value can't be made up. */
    boolean mustExist(String name);

    /** Heeds what the contract says in words only. */
    void settle(Operation operation, ObjectNode body);
  }

  GeneratedRequest request(Operation operation) {
    return new Draft(operation).made();
  }

  /** One request in the making. */
  private final class Draft {
    private final Operation operation;
    private final List<String> flaws = new ArrayList<>();
    private final Map<String, String> headers = new TreeMap<>();
    private final List<String> query = new ArrayList<>();
    private final boolean flawed = random.nextInt(100) < 60;
    private String path;

    Draft(Operation operation) {
      this.operation = operation;
      this.path = operation.path();
    }

    GeneratedRequest made() {
      headers.put("Authorization", "Basic " + base64(known.allowed(operation)));
      if (!flawed && random.nextBoolean()) {
        headers.put("Accept", any(formats()));
      }
      for (var parameter : operation.parameters()) {
        give(parameter);
      }
      if (!operation.method().equals("GET")) {
        headers.put("Content-Type", "application/json");
      }
      var body = operation.body().map(this::body);
      if (flawed && flaws.isEmpty()) {
        spoil();
      }
      var target = query.isEmpty() ? path : path + "?" + String.join("&", query);
      return new GeneratedRequest(operation, target, headers, body, flaws);
    }

    private List<String> formats() {
      var formats = new ArrayList<>(List.of("*/*"));
      for (var response : operation.responses().properties()) {
        if (response.getKey().startsWith("2")) {
          formats.addAll(response.getValue().path("content").propertyNames());
        }
      }
      return formats;
    }

    private void give(Parameter parameter) {
      var spoiled = flawed && oneOf(4);
      if (known.mustExist(parameter.name())
          && !spoiled
          && known.values(operation, parameter.name()).isEmpty()) {
        return;
      }
      if (!parameter.required() && !spoiled && random.nextBoolean()) {
        return;
      }
      var value = spoiled ? odd() : right(operation, parameter.name(), parameter.schema());
      var certain = spoiled && isCertainlyWrong(parameter, value);
      switch (parameter.in()) {
        case "path" -> {
          path = path.replace("{" + parameter.name() + "}", encoded(value.isEmpty() ? "~" : value));
          certain = spoiled;
        }
        case "query" -> {
          query.add(parameter.name() + "=" + encoded(value));
          if (flawed && oneOf(12)) {
            query.add(parameter.name() + "=" + encoded(value));
            flaws.add(parameter.name() + " is given twice");
          }
        }
        case "header" -> {
          value = value.replaceAll("[^\\x20-\\x7E]", "?").strip();
          certain = false;
          headers.put(parameter.name(), value);
        }
        default -> throw new IllegalStateException(parameter.toString());
      }
      if (certain) {
        flaws.add("%s is '%s'".formatted(parameter.name(), value));
      } else if (spoiled) {
        // It may be right by accident: then nothing is known of this request.
        flaws.add(UNSURE);
      }
    }

    private boolean isCertainlyWrong(Parameter parameter, String value) {
      var schema = parameter.schema();
      return schema.has("enum")
          || schema.path("type").asString("").equals("integer") && !value.matches("\\d{1,3}")
          || schema.path("type").asString("").equals("boolean")
          || schema.has("format");
    }

    private byte[] body(JsonNode schema) {
      var body = rightBody(schema);
      if (!flawed || flaws.size() > 1 || oneOf(3)) {
        return bytes(body);
      }
      return random.nextBoolean() ? spoiledField(schema, body) : spoiledForm(body);
    }

    private ObjectNode rightBody(JsonNode schema) {
      var body = JSON.objectNode();
      var required = schema.path("required").valueStream().map(JsonNode::stringValue).toList();
      for (var property : schema.path("properties").properties()) {
        if (required.contains(property.getKey()) || random.nextInt(100) < 30) {
          var name = property.getKey();
          var type = property.getValue().path("type").asString("");
          var value = right(operation, name, property.getValue());
          switch (type) {
            case "boolean" -> body.put(name, Boolean.parseBoolean(value));
            case "integer" -> body.put(name, Integer.parseInt(value));
            case "array" -> body.putArray(name);
            default -> body.put(name, value);
          }
        }
      }
      known.settle(operation, body);
      return body;
    }

    private byte[] spoiledField(JsonNode schema, ObjectNode body) {
      var names = List.copyOf(schema.path("properties").propertyNames());
      var name = any(names);
      var type = schema.path("properties").path(name).path("type").asString("");
      var isText = type.equals("string");
      switch (random.nextInt(6)) {
        case 0 -> body.set(name, JSON.arrayNode().add(1));
        case 1 -> body.set(name, type.equals("object") ? JSON.numberNode(7) : JSON.objectNode());
        case 2 -> body.put(name, 1e300);
        case 3 -> {
          if (isText) {
            body.put(name, random.nextBoolean());
          } else {
            body.put(name, "yes");
          }
        }
        case 4 -> body.put("unknown" + random.nextInt(100), odd());
        default -> {
          var must = schema.path("required").valueStream().map(JsonNode::stringValue).toList();
          if (must.isEmpty()) {
            body.put("unknown", odd());
          } else {
            body.remove(any(must));
          }
        }
      }
      flaws.add("a field is wrong");
      return bytes(body);
    }

    private byte[] spoiledForm(ObjectNode body) {
      var right = body.toString();
      flaws.add("the body is no JSON object that may be sent");
      return switch (random.nextInt(12)) {
        case 0 ->
            right.substring(0, random.nextInt(right.length())).getBytes(StandardCharsets.UTF_8);
        case 1 -> right.getBytes(StandardCharsets.UTF_16);
        case 2 -> ("[" + right + "]").getBytes(StandardCharsets.UTF_8);
        case 3 -> (right + right).getBytes(StandardCharsets.UTF_8);
        case 4 ->
            right
                .replaceFirst("\\{", "{\"reason\":\"a\",\"reason\":\"b\",")
                .getBytes(StandardCharsets.UTF_8);
        case 5 ->
            ("{\"reason\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}")
                .getBytes(StandardCharsets.UTF_8);
        case 6 -> ("{\"reason\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        case 7 -> new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'};
        case 8 -> {
          headers.put("Content-Encoding", "gzip");
          yield zipped(right);
        }
        case 9 -> {
          headers.put("Content-Type", "text/plain");
          yield bytes(body);
        }
        case 10 -> {
          headers.put("Content-Type", "application/json; charset=iso-8859-1");
          yield bytes(body);
        }
        default -> new byte[0];
      };
    }

    private void spoil() {
      switch (random.nextInt(6)) {
        case 0 -> {
          headers.remove("Authorization");
          flaws.add("nobody");
        }
        case 1 -> {
          headers.put("Authorization", "Basic " + base64("alice:wrong"));
          flaws.add("a wrong password");
        }
        case 2 -> {
          query.add("unknown=" + encoded(odd()));
          flaws.add("an unknown parameter");
        }
        case 3 -> {
          headers.put(
              "Authorization",
              "Basic " + base64(known.forbidden(operation).orElse("mallory:mallory")));
          flaws.add("somebody who may not");
        }
        case 4 -> {
          headers.put("Accept", "image/png");
          flaws.add("an image is wanted");
        }
        default -> {
          headers.put("Authorization", "Bearer " + odd().replaceAll("[^\\x21-\\x7E]", "?"));
          flaws.add("a token that is none");
        }
      }
    }
  }

  static final String UNSURE = "unsure";

  private String right(Operation operation, String name, JsonNode schema) {
    var existing = known.values(operation, name);
    if (!existing.isEmpty()) {
      return any(existing);
    }
    if (schema.has("enum")) {
      return any(schema.path("enum").valueStream().map(JsonNode::asString).toList());
    }
    if (schema.path("format").asString("").equals("date-time")) {
      return Instant.now().plusSeconds(random.nextInt(60, 3_600)).toString();
    }
    if (schema.path("format").asString("").equals("uuid")) {
      return UUID.randomUUID().toString();
    }
    return switch (schema.path("type").asString("string")) {
      case "integer" -> Integer.toString(random.nextInt(1, schema.path("maximum").asInt(100) + 1));
      case "boolean" -> Boolean.toString(random.nextBoolean());
      default -> any(List.of("drain", "OPS-1", "it is time", "a-b_c.d"));
    };
  }

  private String odd() {
    return any(ODD);
  }

  private boolean oneOf(int many) {
    return random.nextInt(many) == 0;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static byte[] bytes(JsonNode body) {
    return JsonMapper.shared().writeValueAsBytes(body);
  }

  private static byte[] zipped(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
