package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditEntryView;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Entries as JSON. Thousands hear of the same one at the same time: it is written once for all. */
@Component
final class EventText {
  private final JsonMapper json;
  private final AtomicReference<Written> last = new AtomicReference<>();

  EventText(JsonMapper json) {
    this.json = json;
  }

  private record Written(long position, String text) {}

  /** An entry as the audit log shows it, in one line. */
  String of(AuditEntry entry) {
    var written = last.get();
    if (written != null && written.position() == entry.position()) {
      return written.text();
    }
    var text = json.writeValueAsString(AuditEntryView.of(entry));
    last.set(new Written(entry.position(), text));
    return text;
  }
}
