package dev.baton;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the contract says in words, from {@code contract.yaml}.
 *
 * @param tags by tag
 * @param operations what each does, by operationId
 * @param answers what its success is, by operationId
 * @param parameters those of paths, by name
 * @param schemas by schema
 * @param fields by schema and property, with a dot between them
 * @param examples a value of a schema, by schema
 */
record ContractTexts(
    Map<String, String> tags,
    Map<String, String> operations,
    Map<String, String> answers,
    Map<String, String> parameters,
    Map<String, String> schemas,
    Map<String, String> fields,
    Map<String, Map<String, Object>> examples) {

  static ContractTexts read() {
    try (var file = ContractTexts.class.getResourceAsStream("contract.yaml")) {
      return YAMLMapper.builder()
          .build()
          .readValue(Objects.requireNonNull(file), ContractTexts.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
