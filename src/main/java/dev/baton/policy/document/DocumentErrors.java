package dev.baton.policy.document;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be told at once. */
public final class DocumentErrors {
  private final List<String> messages = new ArrayList<>();

  public void add(Place place, String message) {
    messages.add("%s: %s".formatted(place, message));
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  public List<String> messages() {
    return List.copyOf(messages);
  }
}
