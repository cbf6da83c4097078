package dev.baton.simulator;

import dev.baton.simulator.MetricRequest.Query;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The one metric of CloudWatch that is simulated: GlobalDatastoreReplicationLag, a data point a
 * minute for each secondary, in its own Region. Anything else has no data, as with AWS.
 */
final class CloudWatch {

  /** AWS's pages are larger; a caller that reads one page only is to notice it here. */
  static final int PAGE = 200;

  private static final int EPOCH_SECONDS = 1;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final ElastiCache elastiCache;
  private final ReplicationLags lags;
  private final CBORMapper cbor = CBORMapper.shared();

  CloudWatch(ElastiCache elastiCache, ReplicationLags lags) {
    this.elastiCache = elastiCache;
    this.lags = lags;
  }

  byte[] answer(MetricRequest request, String region) {
    int after = Math.min(request.queries().size(), request.firstQuery() + PAGE);
    Map<String, String> datastores = datastores(region);
    var bytes = new ByteArrayOutputStream();
    try (CBORGenerator out = (CBORGenerator) cbor.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeName("MetricDataResults");
      out.writeStartArray();
      request
          .queries()
          .subList(request.firstQuery(), after)
          .forEach(query -> write(out, query, points(request), seconds(query, datastores)));
      out.writeEndArray();
      if (after < request.queries().size()) {
        out.writeStringProperty("NextToken", Integer.toString(after));
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The Global datastores of this Region's secondaries, by the ids of those. */
  private Map<String, String> datastores(String region) {
    Map<String, String> datastores = new HashMap<>();
    for (DatastoreSnapshot snapshot : elastiCache.datastores()) {
      SimulatedDatastore datastore = snapshot.datastore();
      for (Member member : datastore.members()) {
        if (!member.isPrimary() && member.region().equals(region)) {
          datastores.putIfAbsent(member.replicationGroupId(), datastore.globalReplicationGroupId());
        }
      }
    }
    return datastores;
  }

  private OptionalDouble seconds(Query query, Map<String, String> datastores) {
    if (!query.namespace().equals("AWS/ElastiCache")
        || !query.metric().equals("GlobalDatastoreReplicationLag")
        || !query.name().equals("ReplicationGroupId")) {
      return OptionalDouble.empty();
    }
    String datastore = datastores.get(query.value());
    return datastore == null ? OptionalDouble.empty() : lags.of(datastore);
  }

  /** The begins of the whole minutes that are asked for, and over. */
  private static List<Instant> points(MetricRequest request) {
    List<Instant> points = new ArrayList<>();
    Instant first = request.start().truncatedTo(ChronoUnit.MINUTES);
    for (Instant at = first; !at.plus(PERIOD).isAfter(request.end()); at = at.plus(PERIOD)) {
      if (!at.isBefore(request.start())) {
        points.add(at);
      }
    }
    if (!request.ascending()) {
      Collections.reverse(points);
    }
    return points;
  }

  private static void write(
      CBORGenerator out, Query query, List<Instant> points, OptionalDouble seconds) {
    List<Instant> shown = seconds.isPresent() ? points : List.of();
    out.writeStartObject();
    out.writeStringProperty("Id", query.id());
    out.writeStringProperty("Label", query.metric());
    out.writeName("Timestamps");
    out.writeStartArray();
    shown.forEach(at -> timestamp(out, at));
    out.writeEndArray();
    out.writeName("Values");
    out.writeStartArray();
    shown.forEach(at -> out.writeNumber(seconds.getAsDouble()));
    out.writeEndArray();
    out.writeStringProperty("StatusCode", "Complete");
    out.writeEndObject();
  }

  private static JsonGenerator timestamp(CBORGenerator out, Instant at) {
    out.writeTag(EPOCH_SECONDS);
    return out.writeNumber(at.toEpochMilli() / 1000.0);
  }
}
