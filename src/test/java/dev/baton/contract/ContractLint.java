package dev.baton.contract;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a contract has to say, beyond being OpenAPI, so that a caller needs nothing else. */
final class ContractLint {
  private static final Pattern CAMEL = Pattern.compile("[a-z][a-zA-Z0-9]*");
  private static final Pattern SCHEMA = Pattern.compile("#/components/(\\w+)/([\\w.-]+)");
  private static final Set<String> EVERYWHERE =
      Set.of("400", "401", "403", "406", "421", "500", "503");
  private static final String PROBLEM = "application/problem+json";

  private final ContractDocument document;
  private final JsonNode contract;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ContractLint(String text) {
    this.contract = YAMLMapper.builder().build().readTree(text);
    this.document = ContractDocument.of(contract);
  }

  /** Everything that is wrong with a contract. */
  static List<String> faults(String text) {
    var options = new ParseOptions();
    var parsed = new OpenAPIV3Parser().readContents(text, null, options);
    var lint = new ContractLint(text);
    lint.faults.addAll(parsed.getMessages());
    lint.look();
    return lint.faults;
  }

  private void look() {
    if (contract.path("security").isEmpty()) {
      fault("the contract", "demands no credentials");
    }
    for (var demanded : contract.path("security")) {
      demanded
          .propertyNames()
          .forEach(name ->
              described(
                  "the security scheme " + name,
                  contract.path("components").path("securitySchemes").path(name)));
    }
    for (var path : contract.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        operation(
            method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
            path.getKey(),
            method.getValue());
      }
    }
    for (var schema : contract.path("components").path("schemas").properties()) {
      described(schema.getKey(), schema.getValue());
      for (var property : schema.getValue().path("properties").properties()) {
        described(schema.getKey() + "." + property.getKey(), property.getValue());
      }
    }
    unused();
  }

  private void operation(String name, String path, JsonNode operation) {
    var id = operation.path("operationId").asString("");
    if (!CAMEL.matcher(id).matches() || !ids.add(id)) {
      fault(name, "needs an operationId in camel case that no other has, not '" + id + "'");
    }
    for (var needed : List.of("summary", "description", "x-permission")) {
      if (operation.path(needed).asString("").isBlank()) {
        fault(name, "has no " + needed);
      }
    }
    tags(name, operation);
    for (var given : operation.path("parameters")) {
      described(name + " " + given.path("name").asString(""), given);
    }
    var body = operation.path("requestBody").path("content");
    body.properties().forEach(media -> exemplified(name + " takes " + media.getKey(), media));
    var responses = operation.path("responses");
    var missing = new TreeSet<>(EVERYWHERE);
    missing.removeAll(responses.propertyNames());
    if (path.contains("{") && !responses.has("404")) {
      missing.add("404");
    }
    if (!body.isEmpty() && !responses.has("415")) {
      missing.add("415");
    }
    if (!missing.isEmpty()) {
      fault(name, "does not declare " + missing);
    }
    responses.properties().forEach(it -> response(name + " " + it.getKey(), it));
  }

  private void tags(String name, JsonNode operation) {
    var known =
        contract.path("tags").valueStream().map(it -> it.path("name").asString("")).toList();
    if (operation.path("tags").size() != 1
        || !known.contains(operation.path("tags").get(0).asString(""))) {
      fault(name, "needs one tag that the contract describes");
    }
  }

  private void response(String name, Entry<String, JsonNode> status) {
    var response = status.getValue();
    described(name, response);
    response
        .path("headers")
        .properties()
        .forEach(header -> described(name + " " + header.getKey(), header.getValue()));
    var content = response.path("content");
    if (status.getKey().startsWith("4") || status.getKey().startsWith("5")) {
      if (!Set.copyOf(content.propertyNames()).equals(Set.of(PROBLEM))) {
        fault(name, "has to be " + PROBLEM + " and nothing else");
      }
    }
    if (status.getKey().equals("401") && !response.path("headers").has("WWW-Authenticate")) {
      fault(name, "has to say WWW-Authenticate");
    }
    if (status.getKey().equals("503") && !response.path("headers").has("Retry-After")) {
      fault(name, "has to say Retry-After");
    }
    content.properties().stream()
        .filter(media -> media.getKey().endsWith("json"))
        .forEach(media -> exemplified(name, media));
  }

  private void exemplified(String name, Entry<String, JsonNode> media) {
    var examples = new ArrayList<JsonNode>();
    if (media.getValue().has("example")) {
      examples.add(media.getValue().path("example"));
    }
    media
        .getValue()
        .path("examples")
        .forEach(example -> examples.add(document.resolved(example).path("value")));
    if (examples.isEmpty()) {
      fault(name, "has no example");
    }
    for (var example : examples) {
      var misfits = document.misfits(media.getValue().path("schema"), example);
      if (!misfits.isEmpty()) {
        fault(name, "has an example that does not fit: " + misfits);
      }
    }
  }

  private void described(String name, JsonNode node) {
    if (document.resolved(node).path("description").asString("").isBlank()) {
      fault(name, "has no description");
    }
  }

  private void unused() {
    var used = new HashSet<String>();
    SCHEMA.matcher(contract.toString()).results().forEach(it -> used.add(it.group()));
    for (var kind : List.of("schemas", "examples", "parameters", "responses", "headers")) {
      for (var name : contract.path("components").path(kind).propertyNames()) {
        if (!used.contains("#/components/" + kind + "/" + name)) {
          fault("components/" + kind + "/" + name, "is not used");
        }
      }
    }
  }

  private void fault(String where, String what) {
    faults.add(where + " " + what);
  }
}
