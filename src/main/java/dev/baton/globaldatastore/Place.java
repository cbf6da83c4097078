package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.util.Optional;

/** A Region of an account: what one observer looks at. */
record Place(AccountId accountId, Region region) {

  /** As the observer's task is called. */
  String text() {
    return accountId + "/" + region;
  }

  /** Empty if no observer was ever called so. */
  static Optional<Place> parse(String text) {
    var slash = text.indexOf('/');
    try {
      return slash < 0
          ? Optional.empty()
          : Optional.of(
              new Place(
                  new AccountId(text.substring(0, slash)), new Region(text.substring(slash + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
