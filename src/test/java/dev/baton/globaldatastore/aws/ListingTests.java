package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListingTests {

  @Test
  void followsTheMarkersToTheEnd() throws IOException {
    try (var aws =
            FakeAws.answeringInTurn(
                page("two", "ldgnf-a", "ldgnf-b"), page("three", "ldgnf-c"), page("", "ldgnf-d"));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(ids(all(adapter))).containsExactly("ldgnf-a", "ldgnf-b", "ldgnf-c", "ldgnf-d");
      assertThat(aws.requests()).hasSize(3);
      assertThat(aws.requests().get(0).body()).contains("MaxRecords=100").doesNotContain("Marker");
      assertThat(aws.requests().get(1).body()).contains("Marker=two", "ShowMemberInfo=true");
      assertThat(aws.requests().get(2).body()).contains("Marker=three");
    }
  }

  @Test
  void isEmptyWhereAwsHasNone() throws IOException {
    try (var aws = FakeAws.answering(200, Answers.page(""));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(ids(all(adapter))).isEmpty();
    }
  }

  @Test
  void givesNoHalfListWhenALaterPageFails() throws IOException {
    try (var aws =
            FakeAws.answeringInTurn(
                page("two", "ldgnf-a"),
                new FakeAws.Answer.Whole(403, Answers.error("ExpiredToken")));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(all(adapter))
          .isEqualTo(new NotRead<>(Reason.DENIED, "ExpiredToken", "said ExpiredToken"));
    }
  }

  @Test
  void doesNotFollowAMarkerInACircle() throws IOException {
    try (var aws = FakeAws.answeringInTurn(page("one"), page("two"), page("one"), page("two"));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(all(adapter)).satisfies(ListingTests::isEndless);
      assertThat(aws.requests()).hasSize(3);
    }
  }

  @Test
  void endsAfterAThousandPages() throws IOException {
    var next = new AtomicInteger();
    try (var aws = FakeAws.answering(request -> page("marker-" + next.incrementAndGet()));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(all(adapter)).satisfies(ListingTests::isEndless);
      assertThat(aws.requests()).hasSize(1_000);
    }
  }

  private static Reading<List<GlobalDatastore>> all(Adapter adapter) {
    return adapter.reads.describeAll(Adapter.ACCOUNT, Adapter.OREGON, Duration.ZERO);
  }

  private static FakeAws.Answer page(String marker, String... ids) {
    return new FakeAws.Answer.Whole(200, Answers.page(marker, ids));
  }

  private static List<String> ids(Reading<List<GlobalDatastore>> reading) {
    assertThat(reading).isInstanceOf(Seen.class);
    var seen = (Seen<List<GlobalDatastore>>) reading;
    return seen.value().stream().map(datastore -> datastore.id().value()).toList();
  }

  private static void isEndless(Reading<?> reading) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            NotRead.class,
            notRead -> {
              assertThat(notRead.reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(notRead.code()).isEqualTo("EndlessList");
            });
  }
}
