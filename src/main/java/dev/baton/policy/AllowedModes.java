package dev.baton.policy;

import dev.baton.core.FailoverMode;
import java.util.Set;
import java.util.stream.Collectors;

/** Only some modes are allowed. */
record AllowedModes(Set<FailoverMode> modes, String demanded) implements Demand {

  AllowedModes(Set<FailoverMode> modes) {
    this(
        Set.copyOf(modes),
        "The mode must be %s."
            .formatted(
                modes.stream().sorted().map(Enum::name).collect(Collectors.joining(" or "))));
  }

  @Override
  public Finding judge(Question question) {
    var mode = question.request().mode();
    return Finding.of(modes.contains(mode), "The request asks for mode " + mode + ".", demanded);
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return ("If mode %s should be allowed here, someone who may change the policy has to add it to"
            + " this rule's allowedModes.%s")
        .formatted(question.request().mode(), ways.inOtherModes(question.request()));
  }
}
