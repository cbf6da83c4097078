package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ObservationTable.View;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

class ObservationsTests {
  private static final AccountId ACCOUNT = new AccountId("000000000000");
  private static final Region OREGON = new Region("us-west-2");

  private final List<Object> events = new ArrayList<>();
  private final List<Set<GlobalDatastoreId>> stored = new ArrayList<>();
  private int stores = Integer.MAX_VALUE;
  private final Observations observations = new Observations(table(), events::add);

  @Test
  void storesALongListInPartsThatNobodyWaitsForLong() {
    observations.record(ACCOUNT, OREGON, Instant.EPOCH, list(1_000));

    assertThat(stored).hasSizeGreaterThan(1).allSatisfy(part -> assertThat(part).hasSize(200));
    assertThat(stored.stream().flatMap(Set::stream)).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(changes()).containsExactlyInAnyOrderElementsOf(ids(1_000));
    assertThat(events.getLast()).isInstanceOf(RegionSeen.class);
  }

  @Test
  void tellsWhoIsConcernedOfWhatIsStoredThoughTheRestCanNotBe() {
    stores = 2;

    assertThatThrownBy(() -> observations.record(ACCOUNT, OREGON, Instant.EPOCH, list(1_000)))
        .hasMessage("the database is away");

    assertThat(changes()).containsExactlyInAnyOrderElementsOf(ids(400));
  }

  private List<GlobalDatastoreId> changes() {
    return events.stream()
        .flatMap(event ->
            event instanceof ObservedChange change
                ? change.globalDatastoreIds().stream()
                : List.<GlobalDatastoreId>of().stream())
        .toList();
  }

  /** Which stores as often as it is to. */
  private ObservationTable table() {
    return (ObservationTable)
        Proxy.newProxyInstance(
            ObservationTable.class.getClassLoader(),
            new Class<?>[] {ObservationTable.class},
            (_, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("store");
              if (stored.size() == stores) {
                throw new TransientDataAccessResourceException("the database is away");
              }
              var ids =
                  ((Collection<?>) arguments[3])
                      .stream()
                          .map(view -> ((View) view).datastore().id())
                          .collect(Collectors.toSet());
              stored.add(ids);
              return ids;
            });
  }

  private static List<GlobalDatastore> list(int count) {
    return ids(count).stream()
        .map(id ->
            new GlobalDatastore(
                id,
                "",
                "available",
                "",
                "",
                "",
                List.of(),
                false,
                List.of(),
                false,
                false,
                false,
                ""))
        .toList();
  }

  private static List<GlobalDatastoreId> ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new GlobalDatastoreId("ldgnf-n" + number))
        .toList();
  }
}
