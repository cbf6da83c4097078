package dev.baton.failover;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What JPA does with an entity: copies of it, and whether one has changed. */
final class EntityState {
  private static final List<Field> FAILOVER = fields(Failover.class);
  private static final List<Field> ATTEMPT = fields(Attempt.class);

  private EntityState() {}

  private static List<Field> fields(Class<?> type) {
    return Stream.of(type.getSuperclass(), type)
        .flatMap(declaring -> Arrays.stream(declaring.getDeclaredFields()))
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.getName().equals("isNew"))
        .peek(field -> field.setAccessible(true))
        .toList();
  }

  static Failover copy(Failover original) {
    return copy(original, original.version());
  }

  static Failover copy(Failover original, long version) {
    var copy = new Failover();
    FAILOVER.forEach(field -> set(field, copy, copied(get(field, original))));
    set(field("version"), copy, version);
    return copy;
  }

  private static @Nullable Object copied(@Nullable Object value) {
    return value instanceof List<?> attempts
        ? new ArrayList<>(
            attempts.stream().map(Attempt.class::cast).map(EntityState::copy).toList())
        : value;
  }

  private static Attempt copy(Attempt original) {
    var copy = new Attempt();
    ATTEMPT.forEach(field -> set(field, copy, get(field, original)));
    return copy;
  }

  static void setVersion(Failover failover, long version) {
    set(field("version"), failover, version);
  }

  private static Field field(String name) {
    return FAILOVER.stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static boolean isSame(Failover one, Failover other) {
    return FAILOVER.stream().allMatch(field -> isSame(get(field, one), get(field, other)));
  }

  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (!(one instanceof List<?> attempts) || !(other instanceof List<?> others)) {
      return Objects.equals(one, other);
    }
    return attempts.size() == others.size()
        && IntStream.range(0, attempts.size())
            .allMatch(at -> isSame((Attempt) attempts.get(at), (Attempt) others.get(at)));
  }

  private static boolean isSame(Attempt one, Attempt other) {
    return ATTEMPT.stream().allMatch(field -> Objects.equals(get(field, one), get(field, other)));
  }

  private static @Nullable Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Field field, Object owner, @Nullable Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
