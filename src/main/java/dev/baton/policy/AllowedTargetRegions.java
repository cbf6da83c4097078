package dev.baton.policy;

import dev.baton.core.Region;
import dev.baton.policy.pattern.Glob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Only some Regions may become primary. */
record AllowedTargetRegions(List<Glob> regions) implements Demand {

  AllowedTargetRegions {
    regions = List.copyOf(regions);
  }

  @Override
  public boolean isMet(PolicyRequest request, PolicyFacts facts) {
    return regions.stream().anyMatch(glob -> glob.matches(request.targetRegion().name()));
  }

  @Override
  public String seen(PolicyRequest request, PolicyFacts facts) {
    return "The target Region is %s.".formatted(request.targetRegion());
  }

  @Override
  public String demanded(PolicyRequest request, PolicyFacts facts) {
    var allowed = regions.stream().map(Glob::pattern).collect(Collectors.joining(", "));
    return "The target Region must be one of: %s.".formatted(allowed);
  }

  @Override
  public String remedy(PolicyRequest request, PolicyFacts facts, Ways ways) {
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
