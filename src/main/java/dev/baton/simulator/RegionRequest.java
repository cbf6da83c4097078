package dev.baton.simulator;

import dev.baton.simulator.RegionConditions.View;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Region and all its conditions; what is left out is as usual. */
record RegionRequest(
    @Nullable String region,
    @Nullable Darkness darkness,
    @Nullable Duration latency,
    @Nullable Duration behind,
    @Nullable Boolean frozen,
    @Nullable Limit readLimit,
    @Nullable Limit changeLimit)
    implements ControlRequest {

  void applyTo(Simulator simulator) {
    String name = Limits.region("region", ControlRequest.required("region", region));
    boolean freezes = ControlRequest.otherwise(frozen, false);
    if (freezes && behind != null) {
      throw new IllegalArgumentException("Give 'behind' or 'frozen', not both.");
    }
    View view = behind == null ? new View.Present() : new View.Behind(behind);
    simulator.conditions(
        name,
        new RegionConditions(
            Optional.ofNullable(darkness),
            ControlRequest.otherwise(latency, Duration.ZERO),
            view,
            Optional.ofNullable(readLimit).map(Limit::toRateLimit),
            Optional.ofNullable(changeLimit).map(Limit::toRateLimit)));
    if (freezes) {
      simulator.freeze(name);
    }
  }

  record Limit(@Nullable Double perSecond, @Nullable Integer burst, @Nullable String code) {

    RateLimit toRateLimit() {
      return new RateLimit(
          ControlRequest.required("perSecond", perSecond),
          ControlRequest.required("burst", burst),
          ControlRequest.otherwise(code, RateLimit.THROTTLING));
    }
  }
}
