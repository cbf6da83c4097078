package dev.baton.failover;

import dev.baton.failover.process.FailoverStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Which troubles struck while a failover stood where an edge of its states begins. */
final class Coverage {

  /** A step from one status to the next. */
  record Edge(FailoverStatus from, FailoverStatus to) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return from == other.from ? to.compareTo(other.to) : from.compareTo(other.from);
    }

    @Override
    public String toString() {
      return from + " > " + to;
    }
  }

  private final Map<Edge, Map<Trouble, Integer>> counts = new TreeMap<>();

  void add(Edge edge, Iterable<Trouble> troubles) {
    var row = counts.computeIfAbsent(edge, _ -> new EnumMap<>(Trouble.class));
    troubles.forEach(trouble -> row.merge(trouble, 1, Integer::sum));
  }

  void add(Coverage other) {
    other.counts.forEach((edge, row) -> {
      var mine = counts.computeIfAbsent(edge, _ -> new EnumMap<>(Trouble.class));
      row.forEach((trouble, count) -> mine.merge(trouble, count, Integer::sum));
    });
  }

  /** The combinations that never occurred, of those that can. */
  List<String> gaps(List<Edge> edges, BiPredicate<Edge, Trouble> canMeet) {
    return edges.stream()
        .flatMap(edge ->
            Arrays.stream(Trouble.values())
                .filter(trouble -> canMeet.test(edge, trouble) && count(edge, trouble) == 0)
                .map(trouble -> edge + " with " + trouble))
        .toList();
  }

  private int count(Edge edge, Trouble trouble) {
    return counts.getOrDefault(edge, Map.of()).getOrDefault(trouble, 0);
  }

  @Override
  public String toString() {
    var columns = List.of(Trouble.values());
    var head =
        "%-28s".formatted("")
            + columns.stream()
                .map(trouble -> "%8s".formatted(shortened(trouble)))
                .collect(Collectors.joining());
    var lines =
        counts.keySet().stream()
            .map(edge ->
                "%-28s".formatted(edge)
                    + columns.stream()
                        .map(trouble -> "%8d".formatted(count(edge, trouble)))
                        .collect(Collectors.joining()))
            .collect(Collectors.joining(System.lineSeparator()));
    return head + System.lineSeparator() + lines;
  }

  private static String shortened(Trouble trouble) {
    var name = trouble.name().replace("COMMIT_", "C_").replace("CALL_", "A_").replace("_", "");
    return name.substring(0, Math.min(7, name.length()));
  }
}
