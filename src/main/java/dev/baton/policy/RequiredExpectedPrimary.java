package dev.baton.policy;

import dev.baton.core.Region;

/** A request has to say where it believes the primary to be: so it can't act on an old picture. */
record RequiredExpectedPrimary() implements Demand {

  @Override
  public Finding judge(Question question) {
    var expected = question.request().expectedPrimaryRegion();
    return Finding.of(
        expected.isPresent(),
        expected
            .map(region -> "The request expects the primary in " + region + ".")
            .orElse("The request doesn't say where it expects the primary."),
        "The request must name expectedPrimaryRegion.");
  }

  @Override
  public String remedy(Question question, Ways ways) {
    var present =
        question
            .request()
            .sourceRegion()
            .map(Region::name)
            .map(" Baton sees the primary in %s: check that this is what you expect."::formatted)
            .orElse("");
    return "Send the request again with expectedPrimaryRegion, the Region that is to hand over.%s"
        .formatted(present);
  }
}
