package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.util.List;

/** Whether the target of a failover is fit to become primary, as far as anybody knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "as")
public sealed interface TargetReadiness {

  /** The target's Region. */
  Region region();

  /**
   * It was judged.
   *
   * @param reasons what stands against it, each in words and without a full stop
   */
  record Judged(Region region, ReadinessLevel level, List<String> reasons)
      implements TargetReadiness {
    public Judged {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Nobody knows.
   *
   * @param reason why not, in words and without a full stop
   */
  record Unknown(Region region, String reason) implements TargetReadiness {}
}
