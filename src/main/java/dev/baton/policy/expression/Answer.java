package dev.baton.policy.expression;

/** What came of an expression. */
public sealed interface Answer {

  /** It was true or false. */
  record Truth(boolean value) implements Answer {}

  /**
   * It had no value, such as where it looks at a lag that nobody knows.
   *
   * @param why in words and without a full stop
   */
  record None(String why) implements Answer {}
}
