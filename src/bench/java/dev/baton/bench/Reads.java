package dev.baton.bench;

import dev.baton.process.BatonProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reading a failover, against an endpoint behind the same security in the same process that answers
 * what is constant, one after the other.
 */
final class Reads implements Section {
  private static final int CALLERS = 8;

  @Override
  public String name() {
    return "reads";
  }

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application)) {
      var datastore = bed.datastores("read", 1).getFirst();
      var instance = bed.start("reads", scale.javaOptions(), Map.of());
      var failover =
          "/v1/failovers/"
              + bed.ask(instance, Accepts.request(bed, datastore)).path("id").asString();
      var known = Map.of("If-None-Match", tag(bed, instance, failover));
      var constant = Wire.get("/v1/failovers/constant/answer", bed.token);
      var whole = Wire.get(failover, bed.token);
      var unchanged = Wire.request("GET", failover, bed.token, known, "");

      var warmUp = scale.of(Duration.ofSeconds(20), Duration.ofSeconds(4));
      for (var request : List.of(constant, whole, unchanged)) {
        load(instance, request).run(warmUp);
      }
      var rates = new ArrayList<Double>();
      var ofConstant = new ArrayList<Double>();
      var unchangedToWhole = new ArrayList<Double>();
      for (int round = 0; round < scale.of(5, 3); round++) {
        var time = scale.of(Duration.ofSeconds(5), Duration.ofSeconds(2));
        var reference = load(instance, constant).run(time).perSecond();
        var rate = load(instance, whole).run(time).perSecond();
        rates.add(rate);
        ofConstant.add(rate / reference);
        unchangedToWhole.add(load(instance, unchanged).run(time).perSecond() / rate);
      }
      return List.of(
          Figure.of("GET of a failover, 8 callers", Median.of(rates), "/s"),
          Figure.ratio("of a constant answer's rate", Median.of(ofConstant))
              .atLeast(0.5)
              .neverBelow(0.4),
          Figure.ratio("rate of 304 / rate of 200", Median.of(unchangedToWhole))
              .atLeast(1)
              .neverBelow(0.6));
    }
  }

  private static String tag(Bed bed, BatonProcess instance, String failover) throws IOException {
    try (var wire = new Wire(instance.port())) {
      return wire.send(Wire.get(failover, bed.token)).headers().get("etag");
    }
  }

  private static Load load(BatonProcess instance, byte[] request) {
    return new Load(
        instance.port(), CALLERS, () -> request, status -> status == 200 || status == 304);
  }
}
