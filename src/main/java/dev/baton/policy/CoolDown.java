package dev.baton.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** After a promotion, the next one waits: hasty second failovers make things worse. */
record CoolDown(Duration duration) implements Demand {

  @Override
  public boolean isMet(PolicyRequest request, PolicyFacts facts) {
    return end(facts).map(end -> !facts.now().isBefore(end)).orElse(true);
  }

  @Override
  public String seen(PolicyRequest request, PolicyFacts facts) {
    return facts
        .lastPromotionAt()
        .map(ended ->
            "The last promotion of %s ended at %s; it is now %s."
                .formatted(request.globalDatastoreId(), ended, facts.now()))
        .orElseGet(
            () -> "No earlier promotion of %s is known.".formatted(request.globalDatastoreId()));
  }

  @Override
  public String demanded(PolicyRequest request, PolicyFacts facts) {
    var rule = "At least %s must have passed since the last promotion ended".formatted(duration);
    return end(facts).map(end -> "%s: not before %s.".formatted(rule, end)).orElse(rule + ".");
  }

  @Override
  public String remedy(PolicyRequest request, PolicyFacts facts, Ways ways) {
    return ("Ask again at %s or later: this rule passes then, unless another promotion ends"
            + " before.%s")
        .formatted(end(facts).orElse(facts.now()), ways.inOtherModes(request));
  }

  private Optional<Instant> end(PolicyFacts facts) {
    return facts.lastPromotionAt().map(ended -> ended.plus(duration));
  }
}
