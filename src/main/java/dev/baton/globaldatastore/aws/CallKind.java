package dev.baton.globaldatastore.aws;

import java.util.Locale;

/** Whether a call changes anything. Nothing that happens to one kind stands in the other's way. */
enum CallKind {
  READ,
  CHANGE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
