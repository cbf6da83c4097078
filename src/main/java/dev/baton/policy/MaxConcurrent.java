package dev.baton.policy;

import dev.baton.core.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Only so many failovers at once, in the request's account and between its Regions. */
record MaxConcurrent(
    OptionalInt inAccount,
    OptionalInt fromSourceRegion,
    OptionalInt toTargetRegion,
    String demanded)
    implements Demand {

  MaxConcurrent(OptionalInt inAccount, OptionalInt fromSourceRegion, OptionalInt toTargetRegion) {
    this(
        inAccount,
        fromSourceRegion,
        toTargetRegion,
        "With this one, there may be at most %s under way at once."
            .formatted(
                String.join(
                    ", ",
                    Stream.of(
                            limit(inAccount, "in the account"),
                            limit(fromSourceRegion, "from the source Region"),
                            limit(toTargetRegion, "to the target Region"))
                        .flatMap(List::stream)
                        .toList())));
  }

  private static List<String> limit(OptionalInt most, String where) {
    return most.isPresent() ? List.of(most.getAsInt() + " " + where) : List.of();
  }

  @Override
  public Finding judge(Question question) {
    return switch (question.facts().otherFailovers()) {
      case OtherFailovers.NotCounted(var reason) ->
          Finding.of(false, "How many others are under way is unknown: " + reason + ".", demanded);
      case OtherFailovers.Counted counted -> counted(question, counted);
    };
  }

  private Finding counted(Question question, OtherFailovers.Counted counted) {
    var seen = new ArrayList<String>();
    var isMet = true;
    if (inAccount.isPresent()) {
      isMet = counted.inAccount() < inAccount.getAsInt();
      seen.add(counted.inAccount() + " in account " + question.request().accountId());
    }
    if (fromSourceRegion.isPresent()) {
      var source = question.request().sourceRegion();
      var leaving = source.map(it -> counted.fromRegion().getOrDefault(it, 0));
      isMet &= leaving.filter(it -> it < fromSourceRegion.getAsInt()).isPresent();
      seen.add(
          leaving.map(String::valueOf).orElse("an unknown number")
              + " from "
              + source.map(Region::name).orElse("an unknown Region"));
    }
    if (toTargetRegion.isPresent()) {
      var target = question.request().targetRegion();
      int arriving = counted.toRegion().getOrDefault(target, 0);
      isMet &= arriving < toTargetRegion.getAsInt();
      seen.add(arriving + " to " + target);
    }
    return Finding.of(
        isMet, "Other failovers under way: " + String.join(", ", seen) + ".", demanded);
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return "Ask again when one of the others has ended.%s"
        .formatted(ways.inOtherModes(question.request()));
  }

  @Override
  public Set<Fact> looksAt() {
    return Set.of(Fact.OTHER_FAILOVERS);
  }
}
