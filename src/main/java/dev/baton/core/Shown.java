package dev.baton.core;

/** How a value that was refused is repeated to its sender: short, and on one line. */
final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  static String shortened(String value) {
    var printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
