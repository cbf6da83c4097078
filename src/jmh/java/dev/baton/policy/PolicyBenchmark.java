package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One request against 100 matching policies of 10 rules each, of every kind. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PolicyBenchmark {
  private static final Region TARGET = new Region("us-west-2");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String RULES =
      """
      apiVersion: baton/v1
      kind: Policy
      metadata: {name: policy-%d}
      match: {globalReplicationGroupIds: ["ldgnf-*"], requesterGroups: [sre, dba]}
      rules:
        - {name: targets, allowedTargetRegions: [eu-west-1, "us-*"]}
        - {name: modes, allowedModes: [SWITCHOVER, FAILOVER]}
        - {name: settle, coolDown: PT10M}
        - {name: caught-up, maxReplicationLag: PT5S}
        - {name: ticket, requireReference: "[A-Z]+-[0-9]+"}
        - {name: from, requireExpectedPrimary: true}
        - {name: fit, requireReadiness: READY}
        - {name: few, maxConcurrent: {inAccount: 5, toTargetRegion: 2}}
        - name: weekends
          freezeWindows:
            - {start: 2026-01-02T18:00, rrule: FREQ=WEEKLY;BYDAY=FR, duration: P2DT12H, zone: Europe/Berlin}
            - {from: 2026-12-20T00:00, to: 2027-01-04T00:00, zone: Europe/Berlin}
        - name: people
          deny: requester.kind == "SERVICE" && request.mode == "SWITCHOVER"
      """;

  private final PolicySet policies =
      new PolicySet(
          IntStream.range(0, 100)
              .mapToObj(number -> PolicyDocumentReader.read(RULES.formatted(number), "a benchmark"))
              .toList());
  private final PolicyRequest request = request(Optional.of("OPS-1234"));
  private final PolicyRequest refused = request(Optional.empty());
  private final PolicyFacts facts =
      new PolicyFacts(
          NOW,
          Optional.of(NOW.minusSeconds(3600)),
          Optional.empty(),
          new TargetLag.Measured(TARGET, Duration.ofMillis(400), NOW.minusSeconds(60)),
          new TargetReadiness.Judged(TARGET, ReadinessLevel.READY, List.of()),
          new OtherFailovers.Counted(1, Map.of(), Map.of(TARGET, 1)));

  /** Every rule passes. */
  @Benchmark
  public Judgement passes() {
    return policies.judge(request, facts);
  }

  /** A tenth of the rules refuse, and have to say what would help. */
  @Benchmark
  public Judgement refuses() {
    return policies.judge(refused, facts);
  }

  private static PolicyRequest request(Optional<String> reference) {
    return new PolicyRequest(
        new AccountId("123456789012"),
        new GlobalDatastoreId("ldgnf-sessions"),
        FailoverMode.SWITCHOVER,
        Optional.of(new Region("us-east-1")),
        TARGET,
        "us-east-1 is being drained",
        reference,
        Optional.of(new Region("us-east-1")),
        false,
        new Requester(
            new Actor("alice", Actor.Kind.PERSON), new Groups.Known(Set.of("sre", "payments"))),
        Set.of());
  }
}
