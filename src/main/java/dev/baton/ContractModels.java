package dev.baton;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How Baton's records stand in the contract: one that is a single JSON value is a string, and a
 * field of an answer is there unless it is Optional.
 */
final class ContractModels implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
    var raw = java.getRawClass();
    if (JsonNode.class.isAssignableFrom(raw)) {
      return new ObjectSchema().additionalProperties(true);
    }
    if (raw.isRecord() && raw.getPackageName().startsWith("dev.baton")) {
      if (isValue(raw)) {
        return new StringSchema();
      }
      var resolved = next(type, context, chain);
      name(resolved)
          .map(context.getDefinedModels()::get)
          .ifPresent(model -> requireFields(model, raw));
      return resolved;
    }
    return next(type, context, chain);
  }

  private static @Nullable Schema<?> next(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
  }

  private static Optional<String> name(@Nullable Schema<?> resolved) {
    if (resolved == null) {
      return Optional.empty();
    }
    return resolved.get$ref() == null
        ? Optional.ofNullable(resolved.getName())
        : Optional.of(resolved.get$ref().substring(resolved.get$ref().lastIndexOf('/') + 1));
  }

  private static boolean isValue(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
  }

  private static void requireFields(Schema<?> model, Class<?> type) {
    var components = type.getRecordComponents();
    // A request says itself what it demands.
    if (Arrays.stream(components).anyMatch(ContractModels::saysItself)) {
      return;
    }
    model.setRequired(
        Arrays.stream(components)
            .filter(component -> component.getType() != Optional.class || isAlways(component))
            .map(RecordComponent::getName)
            .toList());
  }

  private static boolean saysItself(RecordComponent component) {
    var schema =
        component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return schema != null && schema.requiredMode() != RequiredMode.AUTO;
  }

  /** Null where there is nothing, rather than missing. */
  private static boolean isAlways(RecordComponent component) {
    var schema =
        component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return schema != null && schema.nullable();
  }
}
