package dev.baton.policy.pattern;

import java.util.BitSet;

/**
 * A regular expression that the whole of a reference has to match.
 *
 * <p>Not {@link java.util.regex.Pattern}: that one backtracks, and a careless {@code (a+)+} in the
 * policy would let one request hold a thread for ever. What it leaves out (look-around, back
 * references, anchors) no ticket's name needs.
 */
public final class ReferencePattern {
  private static final int LONGEST = 255;

  private final String source;
  private final Expression expression;

  public ReferencePattern(String source) {
    if (source.isEmpty() || source.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must be a pattern of 1 to %d characters, but has %d"
              .formatted(LONGEST, source.length()));
    }
    this.source = source;
    this.expression = new ReferencePatternParser(source).parse();
  }

  public boolean matches(String reference) {
    var start = new BitSet();
    start.set(0);
    return expression.ends(reference, start).get(reference.length());
  }

  @Override
  public String toString() {
    return source;
  }
}
