package dev.baton.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be told at once. */
final class DocumentErrors {
  private final List<String> messages = new ArrayList<>();

  void add(Place place, String message) {
    messages.add("%s: %s".formatted(place, message));
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  List<String> messages() {
    return List.copyOf(messages);
  }
}
