package dev.baton.failover.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.comparison.Difference.DatastoreGone;
import dev.baton.failover.comparison.Difference.FailoverUnfinished;
import dev.baton.failover.comparison.Difference.PromotionWithoutEntry;
import dev.baton.failover.comparison.Difference.Shows;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told at a start about what AWS shows otherwise than it was recorded. */
class DifferencesTests {
  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final GlobalDatastoreId SESSIONS = new GlobalDatastoreId("ldgnf-sessions");
  private static final Region VIRGINIA = new Region("us-east-1");
  private static final Region OREGON = new Region("us-west-2");
  private static final Instant SINCE = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void tellsNothingWhereAllIsAsRecorded() {
    assertThat(differences(primaryIn(VIRGINIA), shown(VIRGINIA, VIRGINIA), shown(OREGON, VIRGINIA)))
        .isEmpty();
  }

  @Test
  void tellsOfAPromotionWithoutAnEntryByTheRegionThatHasIt() {
    assertThat(differences(primaryIn(VIRGINIA), shown(VIRGINIA, VIRGINIA), shown(OREGON, OREGON)))
        .containsExactly(
            new PromotionWithoutEntry(ACCOUNT, SESSIONS, VIRGINIA, SINCE, OREGON, OREGON));
    assertThat(differences(primaryIn(VIRGINIA), shown(VIRGINIA, OREGON), unread(OREGON)))
        .containsExactly(
            new PromotionWithoutEntry(ACCOUNT, SESSIONS, VIRGINIA, SINCE, OREGON, VIRGINIA));
  }

  @Test
  void claimsNothingOfWhatIsInMotionOrCannotBeRead() {
    assertThat(differences(primaryIn(VIRGINIA), moving(VIRGINIA), moving(OREGON))).isEmpty();
    assertThat(differences(primaryIn(VIRGINIA), nothing(VIRGINIA), unread(OREGON))).isEmpty();
    assertThat(differences(primaryIn(VIRGINIA), unread(VIRGINIA), unread(OREGON))).isEmpty();
  }

  @Test
  void tellsOfADatastoreThatNoRegionShows() {
    assertThat(differences(primaryIn(VIRGINIA), nothing(VIRGINIA), nothing(OREGON)))
        .containsExactly(new DatastoreGone(ACCOUNT, SESSIONS, VIRGINIA));
  }

  @Test
  void tellsOfEachFailoverWhoseEndIsNotKnown() {
    var promoting = failover("PROMOTING", true);
    assertThat(differences(promoting, shown(OREGON, OREGON)))
        .containsExactly(unfinished(promoting, Shows.TARGET_IS_PRIMARY));
    assertThat(differences(promoting, shown(OREGON, VIRGINIA)))
        .containsExactly(unfinished(promoting, Shows.TARGET_IS_SECONDARY));
    assertThat(differences(promoting, moving(OREGON)))
        .containsExactly(unfinished(promoting, Shows.IN_MOTION));
    assertThat(differences(promoting, nothing(OREGON)))
        .containsExactly(unfinished(promoting, Shows.NO_SUCH_DATASTORE));
    assertThat(differences(promoting, unread(OREGON), shown(VIRGINIA, OREGON)))
        .containsExactly(unfinished(promoting, Shows.NOT_READ));
  }

  @Test
  void tellsOfAFailoverThatSeemsToHaveBeenSentAfterAll() {
    var pending = failover("PENDING", false);
    assertThat(differences(pending, shown(OREGON, OREGON)))
        .containsExactly(unfinished(pending, Shows.TARGET_IS_PRIMARY));
    assertThat(differences(pending, nothing(OREGON)))
        .containsExactly(unfinished(pending, Shows.NO_SUCH_DATASTORE));
    assertThat(differences(pending, shown(OREGON, VIRGINIA))).isEmpty();
    assertThat(differences(pending, unread(OREGON))).isEmpty();
    assertThat(differences(pending, moving(OREGON))).isEmpty();
  }

  @Test
  void saysItInWords() {
    assertThat(
            new PromotionWithoutEntry(ACCOUNT, SESSIONS, VIRGINIA, SINCE, OREGON, OREGON).inWords())
        .isEqualTo(
            "the primary of ldgnf-sessions is in us-west-2, but was recorded in us-east-1 since"
                + " 2026-01-31T12:00:00Z");
  }

  private static List<Difference> differences(Recorded recorded, View... views) {
    return new Differences(recorded, List.of(views)).all();
  }

  private static Recorded primaryIn(Region region) {
    return new Recorded(List.of(new Recorded.Primary(ACCOUNT, SESSIONS, region, SINCE)), List.of());
  }

  private static Recorded failover(String status, boolean isCalledFor) {
    return new Recorded(
        List.of(),
        List.of(
            new Recorded.Unfinished(
                UUID.randomUUID(),
                status,
                isCalledFor,
                ACCOUNT,
                SESSIONS,
                OREGON,
                new ReplicationGroupId("sessions-us-west-2"))));
  }

  private static Difference unfinished(Recorded recorded, Shows shows) {
    var failover = recorded.unfinished().getFirst();
    return new FailoverUnfinished(
        failover.failoverId(),
        failover.status(),
        failover.isCalledFor(),
        ACCOUNT,
        SESSIONS,
        OREGON,
        shows);
  }

  private static View shown(Region by, Region primary) {
    return new View.Shown(ACCOUNT, by, List.of(datastore("available", primary)));
  }

  private static View moving(Region by) {
    return new View.Shown(ACCOUNT, by, List.of(datastore("modifying", OREGON)));
  }

  private static View nothing(Region by) {
    return new View.Shown(ACCOUNT, by, List.of());
  }

  private static View unread(Region by) {
    return new View.Unread(ACCOUNT, by, "it is dark");
  }

  private static GlobalDatastore datastore(String status, Region primary) {
    return new GlobalDatastore(
        SESSIONS,
        "",
        status,
        "cache.r7g.large",
        "valkey",
        "8.0",
        Stream.of(VIRGINIA, OREGON).map(region -> member(region, region.equals(primary))).toList(),
        false,
        List.of(),
        false,
        false,
        false,
        "");
  }

  private static Member member(Region region, boolean isPrimary) {
    return new Member(
        new ReplicationGroupId("sessions-" + region),
        region,
        isPrimary ? "PRIMARY" : "SECONDARY",
        "enabled",
        "associated");
  }
}
