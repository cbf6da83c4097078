package dev.baton.policy;

/**
 * What a demand found.
 *
 * @param seen what it looked at, in a sentence
 * @param demanded what it wants, in a sentence
 */
record Finding(Verdict verdict, String seen, String demanded) {

  /** Whether what is demanded is so. */
  enum Verdict {
    MET,
    UNMET,
    UNAPPROVED
  }

  static Finding of(boolean isMet, String seen, String demanded) {
    return new Finding(isMet ? Verdict.MET : Verdict.UNMET, seen, demanded);
  }

  boolean isMet() {
    return verdict == Verdict.MET;
  }
}
