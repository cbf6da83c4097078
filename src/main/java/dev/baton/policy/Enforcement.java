package dev.baton.policy;

/** What comes of a rule that isn't met. */
enum Enforcement {
  /** It counts. */
  ENFORCE,
  /** It is told, but stands in nobody's way: for rules that are being tried out. */
  WARN
}
