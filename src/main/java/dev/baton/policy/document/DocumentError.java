package dev.baton.policy.document;

/**
 * Something that is wrong with a document.
 *
 * @param place where it stands
 * @param message what must be there and what is, to be read after the place
 */
public record DocumentError(Place place, String message) {
  @Override
  public String toString() {
    return "%s: %s".formatted(place, message);
  }
}
