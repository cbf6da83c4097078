package dev.baton.policy;

import dev.baton.core.FailoverMode;
import java.util.Set;
import java.util.stream.Collectors;

/** Only some modes are allowed. */
record AllowedModes(Set<FailoverMode> modes) implements Demand {

  AllowedModes {
    modes = Set.copyOf(modes);
  }

  @Override
  public boolean isMet(PolicyRequest request, PolicyFacts facts) {
    return modes.contains(request.mode());
  }

  @Override
  public String seen(PolicyRequest request, PolicyFacts facts) {
    return "The request asks for mode %s.".formatted(request.mode());
  }

  @Override
  public String demanded(PolicyRequest request, PolicyFacts facts) {
    var inOrder = modes.stream().sorted().map(Enum::name).collect(Collectors.joining(" or "));
    return "The mode must be %s.".formatted(inOrder);
  }

  @Override
  public String remedy(PolicyRequest request, PolicyFacts facts, Ways ways) {
    return ("If mode %s should be allowed here, someone who may change the policy has to add it to"
            + " this rule's allowedModes.%s")
        .formatted(request.mode(), ways.inOtherModes(request));
  }
}
