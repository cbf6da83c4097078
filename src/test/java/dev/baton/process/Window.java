package dev.baton.process;

import static org.awaitility.Awaitility.await;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.RecordedCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/** A moment at which the instance that works on a failover may be lost. */
enum Window {
  BEFORE_THE_INTENT_IS_COMMITTED {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      return DatabaseGate.shut(fleet, "CALL_INTENDED", datastore);
    }
  },
  BETWEEN_INTENT_AND_CALL {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      fleet.trap.set(datastore);
      return new Trapped(fleet);
    }
  },
  BEFORE_AWS_ACTS {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      return HeldCall.by(Fault.hold(), fleet, datastore);
    }
  },
  BEFORE_THE_ANSWER_ARRIVES {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      return HeldCall.by(Fault.holdAfter(), fleet, datastore);
    }
  },
  BEFORE_THE_OUTCOME_IS_COMMITTED {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      return DatabaseGate.shut(fleet, "CALL_ANSWERED", datastore);
    }
  },
  WHILE_PROMOTING {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      fleet.simulator.promotionsGo(Fleet.QUICK.withDuration(Duration.ofSeconds(4)));
      return new HeldObserver(fleet, datastore, target);
    }
  },
  BEFORE_THE_SUCCESS_IS_COMMITTED {
    @Override
    Hold set(Fleet fleet, String datastore, String target) {
      return DatabaseGate.shut(fleet, "FAILOVER_SUCCEEDED", datastore);
    }
  };

  static final String CALL = "FailoverGlobalReplicationGroup";
  static final String DESCRIBE = "DescribeGlobalReplicationGroups";

  /** To be set before the failover is requested; one at a time. */
  abstract Hold set(Fleet fleet, String datastore, String target);

  private record Trapped(Fleet fleet) implements Hold {

    @Override
    public Optional<BatonProcess> awaitCaught(Duration patience) throws Exception {
      try {
        return Optional.of(fleet.named(fleet.trap.awaitCaught(patience)));
      } catch (TimeoutException _) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      fleet.trap.open();
    }
  }

  private record HeldCall(Fleet fleet, String datastore) implements Hold {

    static Hold by(Fault fault, Fleet fleet, String datastore) {
      fleet.simulator.inject(Injection.of(fault).on(CALL).about(datastore));
      return new HeldCall(fleet, datastore);
    }

    @Override
    public Optional<BatonProcess> awaitCaught(Duration patience) throws Exception {
      return fleet.simulator.awaitHeld(patience)
          ? fleet.database.callerTo(datastore).map(fleet::named)
          : Optional.empty();
    }

    @Override
    public void close() {
      fleet.simulator.release();
    }
  }

  /** The one who looks for all: the failover's own task only waits for what it sees. */
  private record HeldObserver(Fleet fleet, String datastore, String region) implements Hold {
    /** Others look at single datastores meanwhile. */
    private static final int MOST_LOOKS = 20;

    @Override
    public Optional<BatonProcess> awaitCaught(Duration patience) throws Exception {
      try {
        await()
            .atMost(patience)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> fleet.database.statusOf(datastore), "PROMOTING"::equals);
      } catch (ConditionTimeoutException _) {
        return Optional.empty();
      }
      for (int looks = 0; looks < MOST_LOOKS; looks++) {
        fleet.simulator.inject(Injection.of(Fault.hold()).on(DESCRIBE).in(region));
        if (fleet.simulator.awaitHeld(patience) && isLookingAtAll()) {
          return fleet
              .database
              .observerOf(region)
              .filter(_ -> fleet.database.statusOf(datastore).equals("PROMOTING"))
              .map(fleet::named);
        }
        fleet.simulator.release();
      }
      return Optional.empty();
    }

    private boolean isLookingAtAll() {
      return fleet.simulator.calls().stream()
          .filter(call -> call.progress() == RecordedCall.Progress.HELD)
          .allMatch(call -> call.globalReplicationGroupId().isEmpty());
    }

    @Override
    public void close() {
      fleet.simulator.release();
      fleet.simulator.promotionsGo(Fleet.QUICK);
    }
  }
}
