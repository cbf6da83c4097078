package dev.baton.policy.document;

/** How somebody's text is repeated in a message: short, and on one line. */
public final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  public static String shortened(String text) {
    var printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
