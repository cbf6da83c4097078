package dev.baton.policy.document;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be told at once. */
public final class DocumentErrors {
  private final List<DocumentError> errors = new ArrayList<>();

  public void add(Place place, String message) {
    errors.add(new DocumentError(place, message));
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<DocumentError> all() {
    return List.copyOf(errors);
  }
}
