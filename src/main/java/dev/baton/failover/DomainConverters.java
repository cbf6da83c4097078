package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the values of the domain stand in columns: as their text. */
final class DomainConverters {
  private DomainConverters() {}

  abstract static class AsText<T> implements AttributeConverter<T, String> {
    private final Function<T, String> toText;
    private final Function<String, T> fromText;

    AsText(Function<T, String> toText, Function<String, T> fromText) {
      this.toText = toText;
      this.fromText = fromText;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable T value) {
      return value == null ? null : toText.apply(value);
    }

    @Override
    public @Nullable T convertToEntityAttribute(@Nullable String text) {
      return text == null ? null : fromText.apply(text);
    }
  }

  @Converter(autoApply = true)
  static class OfRegion extends AsText<Region> {
    OfRegion() {
      super(Region::name, Region::new);
    }
  }

  @Converter(autoApply = true)
  static class OfAccountId extends AsText<AccountId> {
    OfAccountId() {
      super(AccountId::value, AccountId::new);
    }
  }

  @Converter(autoApply = true)
  static class OfGlobalDatastoreId extends AsText<GlobalDatastoreId> {
    OfGlobalDatastoreId() {
      super(GlobalDatastoreId::value, GlobalDatastoreId::new);
    }
  }

  @Converter(autoApply = true)
  static class OfReplicationGroupId extends AsText<ReplicationGroupId> {
    OfReplicationGroupId() {
      super(ReplicationGroupId::value, ReplicationGroupId::new);
    }
  }
}
