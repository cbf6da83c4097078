package dev.baton.problem;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list, cut from what was found when one more was asked for.
 *
 * @param hasMore whether others follow
 */
public record Slice<T>(List<T> items, boolean hasMore) {

  /**
   * Cuts a page.
   *
   * @param found what was found in the list's order, of which at most {@code limit + 1} are needed
   */
  public static <T> Slice<T> of(List<T> found, int limit) {
    return new Slice<>(
        List.copyOf(found.subList(0, Math.min(limit, found.size()))), found.size() > limit);
  }

  /** Where the next page begins, from the last item; empty on the last page. */
  public <C> Optional<C> next(Function<T, C> cursor) {
    return hasMore ? Optional.of(cursor.apply(items.getLast())) : Optional.empty();
  }
}
