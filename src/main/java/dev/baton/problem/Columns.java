package dev.baton.problem;

import java.lang.Character.UnicodeBlock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text in a terminal, where a character takes no column, one or two. */
public final class Columns {
  private static final Set<UnicodeBlock> WIDE =
      Set.of(
          UnicodeBlock.HANGUL_SYLLABLES,
          UnicodeBlock.HANGUL_JAMO,
          UnicodeBlock.HIRAGANA,
          UnicodeBlock.KATAKANA,
          UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
          UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

  private Columns() {}

  /** How many columns a text takes. */
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** The text in at most so many columns, without what could move the cursor. */
  public static String fit(String text, int columns) {
    var harmless = PlainText.shown(text, Integer.MAX_VALUE);
    if (of(harmless) <= columns) {
      return harmless;
    }
    var cut = new StringBuilder();
    var left = columns - 1;
    for (var character : harmless.codePoints().toArray()) {
      left -= of(character);
      if (left < 0) {
        break;
      }
      cut.appendCodePoint(character);
    }
    return cut.append('…').toString();
  }

  /** The text with spaces behind it, up to so many columns. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  /** As terminals draw them (Unicode Standard Annex 11, near enough for people's words). */
  private static boolean isWide(int character) {
    return Character.isIdeographic(character)
        || Character.isEmojiPresentation(character)
        || isIn(UnicodeBlock.of(character));
  }

  private static boolean isIn(@Nullable UnicodeBlock block) {
    return block != null && WIDE.contains(block);
  }
}
