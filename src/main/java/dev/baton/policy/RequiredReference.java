package dev.baton.policy;

import dev.baton.policy.document.Quoted;
import dev.baton.policy.pattern.ReferencePattern;

/** A request has to name a ticket, and the whole of it has to look like one. */
record RequiredReference(ReferencePattern pattern) implements Demand {
  private static final int LONGEST = 255;

  @Override
  public Finding judge(Question question) {
    var reference = question.request().reference();
    return Finding.of(
        reference.filter(it -> it.length() <= LONGEST).filter(pattern::matches).isPresent(),
        reference
            .map(it ->
                "The request's reference is '"
                    + Quoted.shortened(it)
                    + "' ("
                    + it.length()
                    + " characters).")
            .orElse("The request has no reference."),
        "The request must name a reference (a ticket) of at most "
            + LONGEST
            + " characters, the whole of which matches "
            + pattern
            + ".");
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return "Send the request again with a reference of that form: the ticket under which this is done."
        + " This rule passes then.";
  }
}
