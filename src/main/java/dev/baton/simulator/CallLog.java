package dev.baton.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** The calls the simulator has had, oldest first. */
final class CallLog {

  /** Enough for any test; a simulator left running for weeks must not fill its memory. */
  private static final int MOST = 50_000;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long arrived;

  /** A place in the log that changes as its call proceeds. */
  final class Entry {

    private RecordedCall call;

    private Entry(RecordedCall call) {
      this.call = call;
    }

    void become(UnaryOperator<RecordedCall> change) {
      synchronized (CallLog.this) {
        call = change.apply(call);
      }
    }
  }

  synchronized Entry arrived(QueryRequest request, Instant at) {
    arrived++;
    Entry entry =
        new Entry(
            new RecordedCall(
                arrived,
                at,
                request.requestId(),
                request.region(),
                request.action(),
                request.parameters(),
                RecordedCall.Progress.ARRIVED,
                false,
                "",
                ""));
    entries.addLast(entry);
    if (entries.size() > MOST) {
      entries.removeFirst();
    }
    return entry;
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized List<RecordedCall> calls() {
    List<RecordedCall> calls = new ArrayList<>();
    entries.forEach(entry -> calls.add(entry.call));
    return List.copyOf(calls);
  }
}
