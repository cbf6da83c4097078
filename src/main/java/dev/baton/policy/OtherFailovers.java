package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.baton.core.Region;
import java.util.Map;

/** The other unfinished failovers in the request's account, as far as anybody knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "as")
public sealed interface OtherFailovers {

  /**
   * They were counted; the failover that is judged is not among them.
   *
   * @param inAccount all of them
   * @param fromRegion how many of them leave a Region; one that isn't named: none
   * @param toRegion how many of them go to a Region; one that isn't named: none
   */
  record Counted(int inAccount, Map<Region, Integer> fromRegion, Map<Region, Integer> toRegion)
      implements OtherFailovers {
    public Counted {
      fromRegion = Map.copyOf(fromRegion);
      toRegion = Map.copyOf(toRegion);
    }
  }

  /**
   * Nobody counted.
   *
   * @param reason why not, in words and without a full stop
   */
  record NotCounted(String reason) implements OtherFailovers {}
}
