package dev.baton;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Permission;
import dev.baton.security.EndpointPermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the README says of the API is what the contract says. */
class ReadmeContractTests {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final List<List<String>> operations = new ArrayList<>();
  private final List<List<String>> fields = new ArrayList<>();
  private JsonNode contract;

  @BeforeEach
  void read() throws IOException {
    contract =
        YAMLMapper.builder().build().readTree(Files.readString(Path.of("openapi", "openapi.yaml")));
    var readme = Files.readString(Path.of("README.md"));
    operations.addAll(rows(readme, "| | permission | |"));
    fields.addAll(rows(readme, "| field of the request | |"));
  }

  @Test
  void namesEachOperationWithItsPermission() {
    var expected = new LinkedHashMap<String, String>();
    contractOperations()
        .forEach((name, it) -> expected.put(name, it.path("x-permission").asString()));

    assertThat(named("/v1/")).isEqualTo(expected);
  }

  @Test
  void saysWhichPermissionsTheServiceDemands() {
    operations.forEach(row -> {
      var name = code(row.getFirst()).getFirst().split(" ", 2);
      assertThat(EndpointPermissions.of(name[0], name[1]).map(Permission::scope).orElse("–"))
          .as(row.getFirst())
          .isEqualTo(row.get(1).replace("`", ""));
    });
  }

  @Test
  void namesWhatAListCanBeFilteredBy() {
    var rows =
        operations.stream().collect(toMap(row -> code(row.getFirst()).getFirst(), List::getLast));
    contractOperations()
        .forEach((name, operation) -> {
          var parameters = queryParameters(operation);
          parameters.removeAll(List.of("limit", "cursor"));
          var isList = operation.path("operationId").asString().startsWith("list");
          var said = rows.get(name);
          var filters = said.contains("filters ") ? code(said.split("filters ", 2)[1]) : List.of();
          if (isList) {
            assertThat(filters).as(name).isEqualTo(parameters);
          } else {
            parameters.forEach(it -> assertThat(said).as(name).contains("`?" + it + "="));
          }
        });
  }

  @Test
  void namesEachFieldOfTheRequestAndWhichAreRequired() {
    var request = contract.path("components").path("schemas").path("FailoverRequest");
    var required = request.path("required").valueStream().map(JsonNode::asString).toList();

    var said =
        fields.stream()
            .collect(
                toMap(
                    row -> code(row.getFirst()).getFirst(),
                    row -> row.getLast().startsWith("required:")));

    assertThat(said)
        .isEqualTo(
            request.path("properties").propertyNames().stream()
                .collect(toMap(name -> name, required::contains)));
  }

  private Map<String, JsonNode> contractOperations() {
    var found = new LinkedHashMap<String, JsonNode>();
    contract
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    found.put(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        method.getValue())));
    assertThat(found).hasSizeGreaterThan(5);
    return found;
  }

  private static List<String> queryParameters(JsonNode operation) {
    var names = new ArrayList<String>();
    for (var parameter : operation.path("parameters")) {
      if (parameter.path("in").asString().equals("query")) {
        names.add(parameter.path("name").asString());
      }
    }
    return names;
  }

  /** What the table has under a path, with its permission. */
  private Map<String, String> named(String path) {
    return operations.stream()
        .map(row -> List.of(code(row.getFirst()).getFirst(), row.get(1).replace("`", "")))
        .filter(row -> row.getFirst().contains(" " + path))
        .collect(toMap(List::getFirst, List::getLast));
  }

  private static List<List<String>> rows(String readme, String header) {
    var rows =
        readme
            .substring(readme.indexOf(header))
            .lines()
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
            .toList();
    assertThat(rows).as(header).isNotEmpty();
    return rows;
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(one -> one.group(1)).toList();
  }
}
