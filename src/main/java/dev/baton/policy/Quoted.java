package dev.baton.policy;

/** How somebody's text is repeated in a message: short, and on one line. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  static String shortened(String text) {
    var printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
