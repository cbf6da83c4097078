package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.policy.pattern.Glob;
import java.util.Optional;

/** What a hold holds back. */
public sealed interface HoldScope {

  /** Everything. */
  record All() implements HoldScope {}

  /** All Global datastores of an AWS account. */
  record OfAccount(AccountId accountId) implements HoldScope {}

  /** Whatever leads to a Region, or away from it. */
  record OfRegion(Region region) implements HoldScope {}

  /**
   * The Global datastores whose id is like this.
   *
   * @param pattern in which {@code *} stands for any characters, and {@code ?} for one
   */
  record OfGlobalDatastores(String pattern) implements HoldScope {

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if no id can be like it
     */
    public static OfGlobalDatastores parse(String text) {
      return new OfGlobalDatastores(Values.globalDatastores(text).pattern());
    }
  }

  /** Whether it holds back a failover; one of which the source isn't known may be meant. */
  default boolean concerns(
      AccountId accountId, GlobalDatastoreId id, Optional<Region> source, Region target) {
    return switch (this) {
      case All _ -> true;
      case OfAccount(var held) -> held.equals(accountId);
      case OfRegion(var held) -> held.equals(target) || source.map(held::equals).orElse(true);
      case OfGlobalDatastores(var pattern) -> new Glob(pattern).matches(id.value());
    };
  }

  /** In words, after "calls for". */
  default String inWords() {
    return switch (this) {
      case All _ -> "everything";
      case OfAccount(var accountId) -> "account " + accountId;
      case OfRegion(var region) -> "whatever leads to or from " + region;
      case OfGlobalDatastores(var pattern) -> "Global datastores like " + pattern;
    };
  }
}
