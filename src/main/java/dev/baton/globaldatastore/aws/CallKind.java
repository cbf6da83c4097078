package dev.baton.globaldatastore.aws;

import java.util.Locale;

/** What a call is for. Nothing that happens to one kind stands in another's way. */
enum CallKind {
  READ,
  CHANGE,
  /** Asks for what is good to know: it must not use up what READ may have open. */
  ENDPOINT;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
