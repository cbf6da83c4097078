package dev.baton.policy;

import dev.baton.core.Region;
import dev.baton.policy.pattern.Glob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Only some Regions may become primary. */
record AllowedTargetRegions(List<Glob> regions, String demanded) implements Demand {

  AllowedTargetRegions(List<Glob> regions) {
    this(
        List.copyOf(regions),
        "The target Region must be one of: %s."
            .formatted(regions.stream().map(Glob::pattern).collect(Collectors.joining(", "))));
  }

  @Override
  public Finding judge(Question question) {
    var target = question.request().targetRegion().name();
    var isAllowed = false;
    for (var glob : regions) {
      isAllowed |= glob.matches(target);
    }
    return Finding.of(isAllowed, "The target Region is " + target + ".", demanded);
  }

  @Override
  public String remedy(Question question, Ways ways) {
    var request = question.request();
    return ("%sIf %s should be allowed, someone who may change the policy has to add it to this rule's"
            + " allowedTargetRegions.%s")
        .formatted(otherTargets(request, ways), request.targetRegion(), ways.inOtherModes(request));
  }

  private String otherTargets(PolicyRequest request, Ways ways) {
    var named =
        regions.stream()
            .filter(Glob::isLiteral)
            .map(glob -> new Region(glob.pattern()))
            .filter(region -> !request.sourceRegion().equals(Optional.of(region)))
            .filter(region -> ways.isOpen(request.with(region)))
            .map(Region::name)
            .collect(Collectors.joining(" or "));
    return named.isEmpty()
        ? ""
        : "This policy would let target Region %s pass now, if the datastore has a member there. "
            .formatted(named);
  }
}
