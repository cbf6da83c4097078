package dev.baton.policy;

import dev.baton.policy.document.Quoted;
import dev.baton.policy.pattern.ReferencePattern;

/** A request has to name a ticket, and the whole of it has to look like one. */
record RequiredReference(ReferencePattern pattern) implements Demand {
  private static final int LONGEST = 255;

  @Override
  public boolean isMet(PolicyRequest request, PolicyFacts facts) {
    return request
        .reference()
        .filter(reference -> reference.length() <= LONGEST)
        .filter(pattern::matches)
        .isPresent();
  }

  @Override
  public String seen(PolicyRequest request, PolicyFacts facts) {
    return request
        .reference()
        .map(reference ->
            "The request's reference is '%s' (%d characters)."
                .formatted(Quoted.shortened(reference), reference.length()))
        .orElse("The request has no reference.");
  }

  @Override
  public String demanded(PolicyRequest request, PolicyFacts facts) {
    return ("The request must name a reference (a ticket) of at most %d characters, the whole of"
            + " which matches %s.")
        .formatted(LONGEST, pattern);
  }

  @Override
  public String remedy(PolicyRequest request, PolicyFacts facts, Ways ways) {
    return "Send the request again with a reference of that form: the ticket under which this is done."
        + " This rule passes then.";
  }
}
