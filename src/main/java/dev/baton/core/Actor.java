package dev.baton.core;

/**
 * Who did something: a person, a service, or Baton itself.
 *
 * @param subject the name the identity provider gives; at most 255 characters
 * @param kind what sort of actor it is
 */
public record Actor(String subject, Kind kind) {
  private static final int LONGEST = 255;

  /** Baton, acting on a request that it accepted earlier. */
  public static final Actor BATON = new Actor("baton", Kind.BATON);

  /** What sort of actor it is. */
  public enum Kind {
    PERSON,
    SERVICE,
    BATON
  }

  public Actor {
    if (subject.isBlank() || subject.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a subject has 1 to %d characters, this one has %d".formatted(LONGEST, subject.length()));
    }
  }
}
