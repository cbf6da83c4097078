package dev.baton.policy.store;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How two documents differ.
 *
 * @param changesMatch whether they concern other requests
 * @param added the rules that only the second has
 * @param removed the rules that only the first has
 * @param changed the rules that say something else in the second
 * @param lines the difference of the texts as a unified diff, without a heading; empty if they are
 *     the same
 */
record PolicyDiff(
    boolean changesMatch,
    List<String> added,
    List<String> removed,
    List<String> changed,
    List<String> lines) {
  private static final int CONTEXT = 3;

  /**
   * To compare takes as long as the number of lines that differ, squared. Beyond this one text just
   * takes the place of the other.
   */
  private static final int MOST_LINES = 2_000;

  /** Without a document there are no rules. */
  static PolicyDiff between(Optional<String> before, Optional<String> after) {
    var old = before.map(WrittenRules::of).orElse(WrittenRules.NONE);
    var young = after.map(WrittenRules::of).orElse(WrittenRules.NONE);
    return new PolicyDiff(
        !old.match().equals(young.match()),
        names(young).filter(name -> !old.rules().containsKey(name)).toList(),
        names(old).filter(name -> !young.rules().containsKey(name)).toList(),
        names(young)
            .filter(old.rules()::containsKey)
            .filter(name -> !Objects.equals(young.rules().get(name), old.rules().get(name)))
            .toList(),
        lines(before.orElse(""), after.orElse("")));
  }

  private static Stream<String> names(WrittenRules rules) {
    return rules.rules().keySet().stream().sorted();
  }

  private static List<String> lines(String before, String after) {
    var old = before.lines().toList();
    var patch = patch(old, after.lines().toList());
    var lines = UnifiedDiffUtils.generateUnifiedDiff("before", "after", old, patch, CONTEXT);
    return lines.stream().skip(2).toList();
  }

  private static Patch<String> patch(List<String> old, List<String> young) {
    if (old.equals(young) || Math.max(old.size(), young.size()) <= MOST_LINES) {
      return DiffUtils.diff(old, young);
    }
    var patch = new Patch<String>();
    patch.addDelta(new ChangeDelta<>(new Chunk<>(0, old), new Chunk<>(0, young)));
    return patch;
  }

  /** The unified diff under the names of both sides. */
  String unified(String before, String after) {
    return lines.isEmpty()
        ? ""
        : Stream.concat(Stream.of("--- " + before, "+++ " + after), lines.stream())
            .collect(Collectors.joining("\n", "", "\n"));
  }
}
