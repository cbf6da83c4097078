package dev.baton.policy.pattern;

/**
 * A pattern for names: {@code *} stands for any characters or none, {@code ?} for exactly one.
 *
 * <p>A star only ever gives way to the one after it, so the time is bounded by the lengths of
 * pattern and text multiplied, whatever the pattern.
 */
public record Glob(String pattern) {

  public boolean isLiteral() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  public boolean matches(String text) {
    if (pattern.equals("*")) {
      return true;
    }
    int inPattern = 0;
    int inText = 0;
    int afterStar = -1;
    int starTookUpTo = 0;
    while (inText < text.length()) {
      if (isAt(inPattern, '*')) {
        afterStar = ++inPattern;
        starTookUpTo = inText;
      } else if (isAt(inPattern, '?') || isAt(inPattern, text.charAt(inText))) {
        inPattern++;
        inText++;
      } else if (afterStar >= 0) {
        inPattern = afterStar;
        inText = ++starTookUpTo;
      } else {
        return false;
      }
    }
    while (isAt(inPattern, '*')) {
      inPattern++;
    }
    return inPattern == pattern.length();
  }

  private boolean isAt(int index, char wanted) {
    return index < pattern.length() && pattern.charAt(index) == wanted;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
