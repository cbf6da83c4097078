package dev.baton.problem;

/** Text that a person wrote and that others will read in logs, terminals and web pages. */
final class PlainText {
  private PlainText() {}

  /** The text without the space around it; refuses what would show other than it is stored. */
  static String checked(String text, int longest) {
    var stripped = text.strip();
    if (stripped.codePoints().allMatch(PlainText::isInvisible)) {
      throw new IllegalArgumentException("must not be blank");
    }
    var length = stripped.codePointCount(0, stripped.length());
    if (length > longest) {
      throw new IllegalArgumentException(
          "must have at most %d characters, but has %d".formatted(longest, length));
    }
    // The text as it was sent: stripping must not hide a line break at its end.
    text.codePoints()
        .filter(PlainText::isForbidden)
        .findFirst()
        .ifPresent(character -> {
          throw new IllegalArgumentException(
              "must be one line of plain text, but contains the character U+%04X"
                  .formatted(character));
        });
    return stripped;
  }

  /** A name that was refused, short and harmless enough to be repeated. */
  static String shown(String text) {
    return shown(text, 60);
  }

  static String shown(String text, int longest) {
    var harmless = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(character -> isForbidden(character) ? '?' : character)
        .forEach(harmless::appendCodePoint);
    return harmless.length() < text.length() ? harmless + "…" : harmless.toString();
  }

  private static boolean isInvisible(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.getType(character) == Character.FORMAT;
  }

  private static boolean isForbidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBidirectionalControl(character);
    };
  }

  /** These reorder what follows, so that a reader sees another text than the one approved. */
  private static boolean isBidirectionalControl(int character) {
    return (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
