package dev.baton.policy;

/** The hold must be over. */
record Released(StandingHold hold) implements Demand {

  @Override
  public Finding judge(Question question) {
    var isOver = hold.expiresAt().filter(end -> !question.now().isBefore(end)).isPresent();
    return Finding.of(
        isOver,
        "%s has held back calls for %s since %s: %s"
            .formatted(hold.setBy(), hold.scope().inWords(), hold.setAt(), hold.reason()),
        "The hold must be over"
            + hold.expiresAt().map(end -> ", which it is from " + end + " on.").orElse("."));
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return ("Ask %s, or whoever has hold:write, to end it: DELETE /v1/holds/%s.%s If it can't"
            + " wait, somebody with failover:break-glass may request with overrides: [\"%s/%s\"].")
        .formatted(
            hold.setBy(),
            hold.id(),
            hold.expiresAt().map(" It ends by itself at %s."::formatted).orElse(""),
            StandingHold.POLICY,
            hold.id());
  }
}
