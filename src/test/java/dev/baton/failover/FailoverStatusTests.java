package dev.baton.failover;

import static dev.baton.failover.process.FailoverStatus.AWAITING_APPROVAL;
import static dev.baton.failover.process.FailoverStatus.CANCELLED;
import static dev.baton.failover.process.FailoverStatus.DENIED;
import static dev.baton.failover.process.FailoverStatus.EXPIRED;
import static dev.baton.failover.process.FailoverStatus.FAILED;
import static dev.baton.failover.process.FailoverStatus.OUTCOME_UNKNOWN;
import static dev.baton.failover.process.FailoverStatus.PENDING;
import static dev.baton.failover.process.FailoverStatus.PROMOTING;
import static dev.baton.failover.process.FailoverStatus.SCHEDULED;
import static dev.baton.failover.process.FailoverStatus.STALLED;
import static dev.baton.failover.process.FailoverStatus.SUCCEEDED;
import static dev.baton.failover.process.FailoverStatus.SWITCHING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.FailoverStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailoverStatusTests {
  private static final Path DIAGRAM = Path.of("docs", "states.md");
  private static final Path DRAWN = Path.of("target", "states.md");

  private static final Map<FailoverStatus, Set<FailoverStatus>> TABLE =
      Map.of(
          AWAITING_APPROVAL, Set.of(SCHEDULED, PENDING, DENIED, CANCELLED, EXPIRED),
          SCHEDULED, Set.of(AWAITING_APPROVAL, PENDING, CANCELLED, EXPIRED),
          PENDING,
              Set.of(AWAITING_APPROVAL, SWITCHING, SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED),
          SWITCHING, Set.of(PENDING, PROMOTING, OUTCOME_UNKNOWN, FAILED),
          OUTCOME_UNKNOWN, Set.of(SWITCHING, PROMOTING, SUCCEEDED, FAILED),
          PROMOTING, Set.of(STALLED, SUCCEEDED, FAILED),
          STALLED, Set.of(SUCCEEDED, FAILED));

  static Stream<Arguments> pairs() {
    return Arrays.stream(FailoverStatus.values())
        .flatMap(from ->
            Arrays.stream(FailoverStatus.values())
                .map(
                    to -> Arguments.of(from, to, TABLE.getOrDefault(from, Set.of()).contains(to))));
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @MethodSource("pairs")
  void followsTheTable(FailoverStatus from, FailoverStatus to, boolean allowed) {
    assertThat(from.successors().contains(to)).isEqualTo(allowed);
  }

  @Test
  void isFinishedInTheFiveEndsOnly() {
    assertThat(FailoverStatus.values())
        .filteredOn(FailoverStatus::isFinished)
        .containsExactly(SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED);
  }

  @Test
  void isDrawnInTheDocumentation() throws IOException {
    var drawn = drawn();
    Files.createDirectories(DRAWN.getParent());
    Files.writeString(DRAWN, drawn);

    assertThat(DIAGRAM)
        .as("the states changed: cp %s %s, and commit it", DRAWN, DIAGRAM)
        .content()
        .isEqualTo(drawn);
  }

  private static String drawn() {
    return """
    # The states of a failover

    Drawn from `FailoverStatus` by `FailoverStatusTests`, which says how to update it.

    ```mermaid
    stateDiagram-v2
      [*] --> AWAITING_APPROVAL
      [*] --> SCHEDULED
      [*] --> PENDING
      [*] --> DENIED
    %s
    ```
    """
        .formatted(
            Arrays.stream(FailoverStatus.values())
                .flatMap(FailoverStatusTests::arrows)
                .map(arrow -> "  " + arrow)
                .collect(Collectors.joining("\n")));
  }

  private static Stream<String> arrows(FailoverStatus from) {
    return from.isFinished()
        ? Stream.of(from + " --> [*]")
        : from.successors().stream().sorted().map(to -> from + " --> " + to);
  }
}
