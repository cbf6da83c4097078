package dev.baton.policy;

import dev.baton.policy.pattern.ReferencePattern;

/** A request has to name a ticket, and the whole of it has to look like one. */
record RequiredReference(ReferencePattern pattern, String demanded) implements Demand {
  private static final int LONGEST = 255;

  RequiredReference(ReferencePattern pattern) {
    this(
        pattern,
        ("The request must name a reference (a ticket) of at most %d characters, the whole of which"
                + " matches %s.")
            .formatted(LONGEST, pattern));
  }

  @Override
  public Finding judge(Question question) {
    var isMet =
        question
            .request()
            .reference()
            .filter(it -> it.length() <= LONGEST)
            .filter(pattern::matches)
            .isPresent();
    return Finding.of(isMet, question.shownReference(), demanded);
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return "Send the request again with a reference of that form: the ticket under which this is done."
        + " This rule passes then.";
  }
}
