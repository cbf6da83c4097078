package dev.baton.problem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a JSON object field by field and collects every violation at once. */
public final class JsonRequest extends RequestFields {
  private final ObjectNode body;

  private JsonRequest(ObjectNode body) {
    super("field");
    this.body = body;
  }

  private JsonRequest(ObjectNode body, String name, JsonRequest outer) {
    super("field", name + ".", outer);
    this.body = body;
  }

  /** Reads the bytes as UTF-8, whatever they claim to be. */
  public static JsonRequest parse(byte[] body, JsonMapper mapper) {
    return parse(utf8(body), mapper);
  }

  /** The text of a body; one that isn't UTF-8 is a {@link ProblemType#MALFORMED_BODY}. */
  public static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    }
  }

  /** Reads one JSON object; anything else is a {@link ProblemType#MALFORMED_BODY}. */
  public static JsonRequest parse(String body, JsonMapper mapper) {
    if (body.isBlank()) {
      throw malformed("The body is empty; a JSON object is expected.");
    }
    var tree = tree(body, mapper);
    if (tree instanceof ObjectNode object) {
      return new JsonRequest(object);
    }
    throw malformed("The body must be a JSON object, but is %s.".formatted(described(tree)));
  }

  /** The object as JSON. */
  public String json() {
    return body.toString();
  }

  /** An object that must be there; empty if it is missing or something else, which is noted. */
  public Optional<JsonRequest> requiredObject(String field) {
    ask(field);
    if (body.path(field) instanceof ObjectNode object) {
      return Optional.of(new JsonRequest(object, field, this));
    }
    violation(
        field,
        has(field) ? "must be an object, but is " + described(body.path(field)) : "is required");
    return Optional.empty();
  }

  /** A document that may be missing: a text, or an object, which becomes its JSON. */
  public Optional<String> document(String field) {
    ask(field);
    return body.path(field) instanceof ObjectNode object
        ? Optional.of(object.toString())
        : string(field);
  }

  /** A list of texts of one line each, which may be missing. */
  public Optional<List<String>> texts(String field, int longest) {
    ask(field);
    var value = body.path(field);
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
      return Optional.of(
          value
              .valueStream()
              .flatMap(it ->
                  converted(field, it.stringValue(), text -> PlainText.checked(text, longest))
                      .stream())
              .toList());
    }
    if (has(field)) {
      violation(field, "must be a list of strings, but is " + described(value));
    }
    return Optional.empty();
  }

  /** A whole number that may be missing. */
  public Optional<Integer> number(String field, int least, int most) {
    ask(field);
    var value = body.path(field);
    if (value.canConvertToInt() && value.intValue() >= least && value.intValue() <= most) {
      return Optional.of(value.intValue());
    }
    if (has(field)) {
      violation(
          field,
          "must be a whole number from %d to %d, but is %s"
              .formatted(least, most, value.isNumber() ? value.asString() : described(value)));
    }
    return Optional.empty();
  }

  /** A boolean that may be missing. */
  public boolean flag(String field, boolean otherwise) {
    ask(field);
    var value = body.path(field);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (has(field)) {
      violation(field, "must be true or false, but is " + described(value));
    }
    return otherwise;
  }

  @Override
  Set<String> given() {
    return new LinkedHashSet<>(body.propertyNames());
  }

  @Override
  public boolean has(String field) {
    var value = body.path(field);
    return !value.isMissingNode() && !value.isNull();
  }

  @Override
  Optional<String> string(String field) {
    var value = body.path(field);
    if (value.isString()) {
      return Optional.of(value.stringValue());
    }
    if (has(field)) {
      violation(field, "must be a string, but is " + described(value));
    }
    return Optional.empty();
  }

  private static JsonNode tree(String body, JsonMapper mapper) {
    try {
      return mapper
          .reader()
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(body);
    } catch (JacksonException e) {
      throw malformed(
          "The body is not JSON%s: %s.".formatted(place(e), reason(e.getOriginalMessage())));
    }
  }

  private static String place(JacksonException e) {
    var location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** Jackson's words without its advice to the programmer. */
  private static String reason(String message) {
    var words = message.replaceAll("(?s) \\((start marker|for \\w+ starting|`|from `).*", "");
    var shortened = words.length() <= 200 ? words : words.substring(0, 200) + "…";
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }

  private static String described(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "null";
      case ARRAY, OBJECT -> "an " + value.getNodeType().name().toLowerCase(Locale.ROOT);
      default -> "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_BODY, detail);
  }
}
