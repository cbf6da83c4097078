package dev.baton.evacuation;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.Actor;
import dev.baton.evacuation.EvacuationProcess.Wave;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes down what happens to an evacuation. Every entry says where it stands then. */
@Component
class EvacuationJournal {
  private final AuditLog audit;

  EvacuationJournal(AuditLog audit) {
    this.audit = audit;
  }

  void append(
      Evacuation evacuation,
      EvacuationEvent event,
      Actor actor,
      List<Wave> waves,
      Map<String, Object> further,
      Instant now) {
    var all = Tally.sum(waves.stream().map(Wave::tally).toList());
    var data = new LinkedHashMap<String, Object>();
    data.put("status", evacuation.status());
    data.put("cause", evacuation.cause());
    data.put("total", all.total());
    data.put("counts", all.counts());
    data.put("waves", waves.size());
    waves.stream()
        .filter(wave -> !wave.tally().isOver())
        .findFirst()
        .ifPresent(wave -> data.put("wave", wave.number()));
    data.putAll(further);
    audit.append(AuditStream.of("evacuation", evacuation.id()), event.name(), actor, now, data);
  }
}
