package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import dev.baton.simulator.RecordedCall.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the calls of every service: keeps the log, and lets darkness and faults strike. */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final Regions regions;
  private final Faults faults;
  private final CallLog log;
  private final InstantSource clock;

  Reception(Regions regions, Faults faults, CallLog log, InstantSource clock) {
    this.regions = regions;
    this.faults = faults;
    this.log = log;
    this.clock = clock;
  }

  /** The HTTP status and the body. */
  record Answer(int status, AnswerBody body) {}

  /** How a service speaks: the request in its words, its action, its answers and its errors. */
  interface Service {

    QueryRequest read(HttpExchange exchange, String requestId) throws IOException;

    byte[] carryOut(QueryRequest request);

    /** What a fault makes of an answer that was right. */
    AnswerBody distort(Fault.Distortion fault, QueryRequest request, byte[] answer);

    byte[] error(QueryError error, String requestId);
  }

  /** Empty where the connection is to be cut. */
  Optional<Answer> answer(HttpExchange exchange, String requestId, Service service)
      throws IOException, InterruptedException {
    Function<QueryError, Answer> refusal =
        error -> new Answer(error.status(), AnswerBody.whole(service.error(error, requestId)));
    QueryRequest request;
    try {
      request = service.read(exchange, requestId);
    } catch (QueryError e) {
      LOG.info("Refused a request that can't be read: {}", e.message());
      return Optional.of(refusal.apply(e));
    }
    CallLog.Entry entry = log.arrived(request, clock.instant());
    if (regions.keptInTheDark(request.region())) {
      LOG.info("{} in {}: the Region is dark", request.action(), request.region());
      return cut(entry);
    }
    try {
      return carryOut(request, entry, service);
    } catch (QueryError e) {
      entry.become(call -> call.refused(e.code()));
      LOG.info("{} in {}: {} {}", request.action(), request.region(), e.code(), e.message());
      return Optional.of(refusal.apply(e));
    }
  }

  private Optional<Answer> carryOut(QueryRequest request, CallLog.Entry entry, Service service)
      throws InterruptedException {
    regions.admit(request, clock.instant());
    Duration latency = regions.of(request.region()).latency();
    if (latency.isPositive() && !delayed(entry, latency)) {
      return cut(entry);
    }
    Optional<Fault> fault = faults.strike(request);
    fault.ifPresent(struck -> entry.become(call -> call.struckBy(FaultKind.of(struck).name())));
    if (fault.isPresent()
        && fault.get().when() == Fault.When.BEFORE
        && isCutBy(fault.get(), entry)) {
      return cut(entry);
    }
    byte[] body = service.carryOut(request);
    entry.become(RecordedCall::havingActed);
    if (fault.isPresent()
        && fault.get().when() == Fault.When.AFTER
        && isCutBy(fault.get(), entry)) {
      return cut(entry);
    }
    entry.become(call -> call.with(Progress.ANSWERED));
    LOG.debug("{} in {}: answered", request.action(), request.region());
    AnswerBody sent =
        fault.isPresent() && fault.get() instanceof Fault.Distortion distortion
            ? service.distort(distortion, request, body)
            : AnswerBody.whole(body);
    return Optional.of(new Answer(200, sent));
  }

  private boolean isCutBy(Fault fault, CallLog.Entry entry) throws InterruptedException {
    return switch (fault) {
      case Fault.Hold hold -> {
        entry.become(call -> call.with(Progress.HELD));
        yield !faults.hold();
      }
      case Fault.Cut cut -> true;
      case Fault.Delay delay -> !delayed(entry, delay.time());
      case Fault.Silence silence -> {
        entry.become(call -> call.with(Progress.SILENT));
        faults.keepSilent();
        yield true;
      }
      case Fault.Distortion distortion -> false;
      case Fault.Failure failure ->
          throw new QueryError(failure.status(), failure.code(), failure.message());
    };
  }

  private boolean delayed(CallLog.Entry entry, Duration time) throws InterruptedException {
    entry.become(call -> call.with(Progress.DELAYED));
    return faults.delay(time);
  }

  private static Optional<Answer> cut(CallLog.Entry entry) {
    entry.become(call -> call.with(Progress.CUT));
    return Optional.empty();
  }
}
