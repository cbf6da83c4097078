package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.aws.Questions.Page;
import dev.baton.globaldatastore.aws.ServedRegions.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One walk through all pages of a Region. Half a list would look like vanished datastores. */
final class Listing {
  private static final int MOST_PAGES = 1_000;

  private final Questions questions;
  private final Way way;
  private final List<GlobalDatastore> found = new ArrayList<>();
  private final Set<String> followed = new HashSet<>();

  Listing(Questions questions, Way way) {
    this.questions = questions;
    this.way = way;
  }

  Reading<List<GlobalDatastore>> read() {
    var marker = Optional.<String>empty();
    var began = Optional.<Instant>empty();
    do {
      switch (page(marker)) {
        case Seen<Page>(var page, var beganAt) -> {
          began = began.or(() -> Optional.of(beganAt));
          found.addAll(page.datastores());
          marker = page.marker();
        }
        case NotFound<Page>(var beganAt) -> {
          return new NotFound<>(beganAt);
        }
        case NotRead<Page>(var reason, var code, var message) -> {
          return new NotRead<>(reason, code, message);
        }
      }
      if (marker.isPresent() && !canFollow(marker.get())) {
        return endless();
      }
    } while (marker.isPresent());
    return new Seen<>(List.copyOf(found), began.orElseThrow());
  }

  private Reading<Page> page(Optional<String> marker) {
    return questions.page(way, question -> marker.ifPresent(question::marker));
  }

  private boolean canFollow(String marker) {
    return followed.size() < MOST_PAGES - 1 && followed.add(marker);
  }

  private Reading<List<GlobalDatastore>> endless() {
    return new NotRead<>(
        Reason.UNREADABLE,
        "EndlessList",
        "the list has no end: AWS repeated a marker, or gave more than %d pages"
            .formatted(MOST_PAGES));
  }
}
