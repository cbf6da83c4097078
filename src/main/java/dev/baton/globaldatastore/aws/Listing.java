package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.aws.Questions.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One walk through all pages of a Region. Half a list would look as if the rest had vanished. */
final class Listing<T> {
  private static final int MOST_PAGES = 1_000;

  private final Function<Optional<String>, Reading<Page<T>>> question;
  private final Duration rest;
  private final List<T> found = new ArrayList<>();
  private final Set<String> followed = new HashSet<>();

  /**
   * A walk that has not begun.
   *
   * @param question asks for the page that begins at a marker, or for the first
   * @param rest how long to wait between two pages
   */
  Listing(Function<Optional<String>, Reading<Page<T>>> question, Duration rest) {
    this.question = question;
    this.rest = rest;
  }

  Reading<List<T>> read() {
    var marker = Optional.<String>empty();
    var began = Optional.<Instant>empty();
    do {
      switch (question.apply(marker)) {
        case Seen<Page<T>>(var page, var beganAt) -> {
          began = began.or(() -> Optional.of(beganAt));
          found.addAll(page.items());
          marker = page.marker();
        }
        case NotFound<Page<T>>(var beganAt) -> {
          return new NotFound<>(beganAt);
        }
        case NotRead<Page<T>>(var reason, var code, var message) -> {
          return new NotRead<>(reason, code, message);
        }
      }
      if (marker.isPresent() && !canFollow(marker.get())) {
        return endless();
      }
      if (marker.isPresent()) {
        rest();
      }
    } while (marker.isPresent());
    return new Seen<>(List.copyOf(found), began.orElseThrow());
  }

  private void rest() {
    try {
      Thread.sleep(rest);
    } catch (InterruptedException e) {
      // Whoever waits next hears of it.
      Thread.currentThread().interrupt();
    }
  }

  private boolean canFollow(String marker) {
    return followed.size() < MOST_PAGES - 1 && followed.add(marker);
  }

  private Reading<List<T>> endless() {
    return new NotRead<>(
        Reason.UNREADABLE,
        "EndlessList",
        "the list has no end: AWS repeated a marker, or gave more than %d pages"
            .formatted(MOST_PAGES));
  }
}
