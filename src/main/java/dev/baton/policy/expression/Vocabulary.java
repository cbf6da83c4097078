package dev.baton.policy.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that an expression may name, and their fields: a name that isn't here is an error.
 */
@Immutable
final class Vocabulary implements CelTypeProvider {
  private static final ListType TEXTS = ListType.create(SimpleType.STRING);

  /** Struct types by the variable's name. */
  private final ImmutableMap<String, CelType> structs =
      ImmutableMap.of(
          "request",
          struct(
              "request",
              ImmutableMap.of(
                  "mode", SimpleType.STRING,
                  "reason", SimpleType.STRING,
                  "reference", SimpleType.STRING,
                  "expectedPrimaryRegion", SimpleType.STRING,
                  "acceptDataLoss", SimpleType.BOOL)),
          "datastore",
          struct(
              "datastore",
              ImmutableMap.of(
                  "globalReplicationGroupId", SimpleType.STRING,
                  "accountId", SimpleType.STRING,
                  "primaryRegion", SimpleType.STRING)),
          "target",
          struct(
              "target",
              ImmutableMap.of(
                  "region",
                  SimpleType.STRING,
                  "readiness",
                  SimpleType.STRING,
                  "readinessReasons",
                  TEXTS)),
          "lag",
          struct("lag", ImmutableMap.of("known", SimpleType.BOOL, "seconds", SimpleType.DOUBLE)),
          "requester",
          struct(
              "requester",
              ImmutableMap.of(
                  "subject", SimpleType.STRING, "kind", SimpleType.STRING, "groups", TEXTS)));

  /** Every variable with its type. */
  Map<String, CelType> variables() {
    return ImmutableMap.<String, CelType>builder()
        .putAll(structs)
        .put("now", SimpleType.TIMESTAMP)
        .buildOrThrow();
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return structs.values();
  }

  @Override
  public Optional<CelType> findType(String name) {
    return structs.values().stream().filter(type -> type.name().equals(name)).findFirst();
  }

  private static StructType struct(String variable, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        "baton." + variable, fields.keySet(), name -> Optional.ofNullable(fields.get(name)));
  }
}
