package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.policy.Failback;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What was said about a failover when it was requested, beside what it is to do. */
@Embeddable
record Terms(
    String reason,
    @Nullable String reference,
    boolean acceptDataLoss,
    @Nullable Region expectedPrimaryRegion,
    @Nullable UUID supersedes,
    @JdbcTypeCode(SqlTypes.JSON) Set<String> overrides,
    @Nullable Instant scheduledFor,
    @Column(name = "start_before_given") boolean isStartBeforeGiven,
    @Nullable UUID failbackOf,
    @Nullable Instant soaksUntil) {

  static Terms of(FailoverRequest request) {
    return new Terms(
        request.reason(),
        request.reference().orElse(null),
        request.acceptDataLoss(),
        request.expectedPrimaryRegion().orElse(null),
        request.supersedes().orElse(null),
        request.overrides(),
        request.scheduledFor().orElse(null),
        request.startBefore().isPresent(),
        request.failback().map(FailbackOf::failoverId).orElse(null),
        request.failback().flatMap(FailbackOf::soaksUntil).orElse(null));
  }

  Terms at(Instant other, boolean isOtherStartBeforeGiven) {
    return new Terms(
        reason,
        reference,
        acceptDataLoss,
        expectedPrimaryRegion,
        supersedes,
        overrides,
        other,
        isOtherStartBeforeGiven,
        failbackOf,
        soaksUntil);
  }

  Optional<Failback> failback() {
    return Optional.ofNullable(failbackOf).map(_ -> new Failback(Optional.ofNullable(soaksUntil)));
  }
}
