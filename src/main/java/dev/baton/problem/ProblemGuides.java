package dev.baton.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The guide of every type of problem, from {@code problems.yaml}. */
@Component
final class ProblemGuides {
  private static final String FILE = "problems.yaml";

  private final Map<ProblemType, ProblemGuide> guides = new EnumMap<>(ProblemType.class);

  ProblemGuides() {
    var texts = texts();
    var slugs = Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList();
    if (!texts.keySet().equals(Set.copyOf(slugs))) {
      throw new IllegalStateException(
          "%s has to describe %s, but describes %s".formatted(FILE, slugs, texts.keySet()));
    }
    texts.forEach((slug, guide) -> ProblemType.ofSlug(slug).ifPresent(it -> guides.put(it, guide)));
  }

  ProblemGuide of(ProblemType type) {
    return Objects.requireNonNull(guides.get(type));
  }

  private static Map<String, ProblemGuide> texts() {
    try (var file = ProblemGuides.class.getResourceAsStream(FILE)) {
      return YAMLMapper.builder()
          .build()
          .readValue(
              Objects.requireNonNull(file),
              new TypeReference<LinkedHashMap<String, ProblemGuide>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
