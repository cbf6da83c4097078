package dev.baton.failover;

/** All that is known of a Global datastore when a failover is judged. */
record Known(Facts facts, OtherRegions others) {

  Known with(Facts changed) {
    return new Known(changed, others);
  }

  Known with(OtherRegions changed) {
    return new Known(facts, changed);
  }

  /** With those still silent that were silent before: they aren't asked twice in one go. */
  Known keeping(Known before) {
    var kept = others;
    for (var region : before.others().silent()) {
      kept = kept.withSilence(region);
    }
    return with(kept);
  }
}
