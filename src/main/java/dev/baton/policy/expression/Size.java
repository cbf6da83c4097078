package dev.baton.policy.expression;

/**
 * The most that a value can hold: so many parts, each of at most such a weight. A text is made of
 * characters, a list of its elements.
 */
record Size(long parts, long each) {
  static final Size ONE = new Size(1, 1);
  private static final long BEYOND_MEASURE = 1L << 40;

  long weight() {
    return product(parts, each);
  }

  Size plus(Size other) {
    return new Size(sum(parts, other.parts), Math.max(each, other.each));
  }

  Size or(Size other) {
    return new Size(Math.max(parts, other.parts), Math.max(each, other.each));
  }

  Size times(long count) {
    return new Size(product(parts, count), each);
  }

  static long sum(long one, long other) {
    return Math.min(one + other, BEYOND_MEASURE);
  }

  static long product(long one, long other) {
    return other != 0 && one > BEYOND_MEASURE / other ? BEYOND_MEASURE : one * other;
  }
}
