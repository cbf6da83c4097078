package dev.baton.failover.primary;

import dev.baton.core.Region;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether what the Regions show tells that the primary has moved. A pure function.
 *
 * <p>Each Region has a view of its own, and one may lag behind, or come back from the dark with
 * what it showed before. So a move needs the consent of the two Regions that it is about, the new
 * primary's and the old one's; only one that has kept silent for a while has none to give. A view
 * that is older than what was recorded tells nothing, nor does one that is hardly younger.
 */
public final class MoveEvidence {
  /** How long a Region must keep silent before nobody waits for it to agree. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private final Optional<RecordedPrimary> recorded;
  private final List<Observation> views;
  private final Instant now;

  private MoveEvidence(Optional<RecordedPrimary> recorded, List<Observation> views, Instant now) {
    this.recorded = recorded;
    this.views = views;
    this.now = now;
  }

  /** What is to be made of it. */
  public sealed interface Verdict {
    /** No Region tells of a move. */
    record Unmoved() implements Verdict {}

    /** A Region tells of a move, and this one has not agreed yet. */
    record Unclear(Region ask) implements Verdict {}

    /**
     * The primary is there now.
     *
     * @param since when the first describe began that showed it
     */
    record Moved(Region to, Instant since, Region seenFrom) implements Verdict {}
  }

  /**
   * Judges what the Regions show.
   *
   * @param recorded where the primary was when the Regions agreed last
   * @param views what each Region showed last
   */
  public static Verdict judge(
      Optional<RecordedPrimary> recorded, List<Observation> views, Instant now) {
    return new MoveEvidence(recorded, views, now).judge();
  }

  private Verdict judge() {
    return views.stream()
        .filter(this::tellsOfMove)
        .min(
            Comparator.comparing((Observation view) -> !isOwnView(view))
                .thenComparing(Observation::beganAt, Comparator.reverseOrder()))
        .map(this::judge)
        .orElseGet(Verdict.Unmoved::new);
  }

  private Verdict judge(Observation claim) {
    var to = primary(claim).orElseThrow();
    return Stream.concat(Stream.of(to), recorded.map(RecordedPrimary::region).stream())
        .filter(region -> objects(region, to, claim))
        .findFirst()
        .<Verdict>map(Verdict.Unclear::new)
        .orElseGet(() -> new Verdict.Moved(to, claim.since(), claim.region()));
  }

  private boolean tellsOfMove(Observation view) {
    return view.datastore().isSettled()
        && view.beganAt().plus(SILENCE).isAfter(now)
        && recorded
            .map(known ->
                view.since().isAfter(known.since())
                    && view.beganAt()
                        .isAfter(known.recordedAt().plus(RecordedPrimary.VIEWS_AGREE_WITHIN))
                    && !primary(view).equals(Optional.of(known.region())))
            .orElse(true);
  }

  private boolean objects(Region region, Region to, Observation claim) {
    return views.stream()
        .filter(view -> view.region().equals(region))
        .filter(view -> !primary(view).equals(Optional.of(to)))
        .anyMatch(view -> now.isBefore(later(view.beganAt(), claim.since()).plus(SILENCE)));
  }

  private static boolean isOwnView(Observation view) {
    return primary(view).equals(Optional.of(view.region()));
  }

  private static Optional<Region> primary(Observation view) {
    return primary(view.datastore());
  }

  private static Optional<Region> primary(GlobalDatastore datastore) {
    return datastore.primary().map(Member::region);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
