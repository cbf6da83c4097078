package dev.baton;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts descriptions and examples into the contract where the annotations have none. */
final class ContractDescriptions {
  private final ContractTexts texts;
  private final OpenAPI contract;

  private ContractDescriptions(ContractTexts texts, OpenAPI contract) {
    this.texts = texts;
    this.contract = contract;
  }

  static void addTo(OpenAPI contract) {
    var descriptions = new ContractDescriptions(ContractTexts.read(), contract);
    descriptions.describeSchemas();
    descriptions.describeTags();
    contract
        .getPaths()
        .values()
        .forEach(path -> path.readOperations().forEach(descriptions::describe));
  }

  private void describeTags() {
    contract.setTags(
        texts.tags().entrySet().stream()
            .map(tag -> new Tag().name(tag.getKey()).description(tag.getValue()))
            .toList());
  }

  private void describeSchemas() {
    texts.schemas().forEach((name, text) -> schema(name).setDescription(text));
    texts
        .fields()
        .forEach((name, text) -> {
          var dot = name.indexOf('.');
          var properties = schema(name.substring(0, dot)).getProperties();
          Objects.requireNonNull(properties.get(name.substring(dot + 1)), name)
              .setDescription(text);
        });
  }

  private Schema<?> schema(String name) {
    return Objects.requireNonNull(schemas().get(name), name);
  }

  @SuppressWarnings("rawtypes") // as the library has them
  private Map<String, Schema> schemas() {
    return contract.getComponents().getSchemas();
  }

  private void describe(Operation operation) {
    var id = operation.getOperationId();
    operation.setDescription(texts.operations().get(id));
    Optional.ofNullable(texts.answers().get(id))
        .ifPresent(text ->
            Objects.requireNonNull(operation.getResponses().get("200"), id).setDescription(text));
    Optional.ofNullable(operation.getParameters())
        .ifPresent(parameters ->
            parameters.stream()
                .filter(parameter -> parameter.getDescription() == null)
                .forEach(it -> it.setDescription(texts.parameters().get(it.getName()))));
    Optional.ofNullable(operation.getRequestBody()).ifPresent(it -> exemplify(it.getContent()));
    operation.getResponses().values().stream()
        .map(response -> Optional.ofNullable(response.getContent()))
        .flatMap(Optional::stream)
        .forEach(this::exemplify);
  }

  private void exemplify(Content content) {
    content.values().stream()
        .filter(media -> media.getExample() == null && media.getExamples() == null)
        .forEach(media -> example(media).ifPresent(media::setExample));
  }

  /** The schema's own example, or for a list one with a single item. */
  private Optional<Object> example(MediaType media) {
    var name = name(media.getSchema());
    if (texts.examples().containsKey(name)) {
      return Optional.of(texts.examples().get(name));
    }
    return Optional.ofNullable(schemas().get(name))
        .map(schema -> (Schema<?>) schema.getProperties().get("items"))
        .map(items -> texts.examples().get(name(items.getItems())))
        .map(item -> Map.of("items", List.of(item)));
  }

  private static String name(Schema<?> schema) {
    var reference = Optional.ofNullable(schema.get$ref()).orElse("");
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
