package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.function.Supplier;

/** The calls that change a Global datastore. */
public interface GlobalDatastoreChanges {

  /**
   * Runs a whole attempt (check again, record the intent, send, record the outcome) behind the
   * Region's circuit breaker and bulkhead, and runs it again, a few times and within seconds, while
   * it was {@link CallOutcome.Reason#UNREACHABLE} or {@link CallOutcome.Reason#THROTTLED}. An
   * attempt that the breaker or the bulkhead does not let start has recorded nothing.
   *
   * @param mode what the attempt is made for: a breaker holds back what is planned, never a rescue
   */
  CallOutcome attempt(
      AccountId accountId, Region region, FailoverMode mode, Supplier<CallOutcome> attempt);

  /** How long a call may take once it is sent; after that it is given up. */
  Duration callTimeout();

  /** Sends the call at most once: nothing below repeats it. */
  CallOutcome failOver(FailoverCall call);

  /** Likewise. */
  CallOutcome detach(DetachCall call);
}
