package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events (WHATWG HTML, 9.2): the id is the sequence, the data the entry as the audit
 * log shows it. No event has a name, so that a listener that doesn't know a type hears of it, too.
 */
final class EventStream implements ProgressFeed.Listener {
  private static final int RECONNECT_MILLIS = 1_000;

  private final OutputStream out;
  private final EventText texts;

  private EventStream(OutputStream out, EventText texts) {
    this.out = out;
    this.texts = texts;
  }

  /** Opens a stream: the client has its headers at once, however long nothing happens. */
  static EventStream open(OutputStream out, EventText texts) throws IOException {
    var stream = new EventStream(out, texts);
    stream.send("retry: %d\n\n".formatted(RECONNECT_MILLIS));
    return stream;
  }

  @Override
  public void happened(AuditEntry entry) throws IOException {
    send("id: %d\ndata: %s\n\n".formatted(entry.sequence(), texts.of(entry)));
  }

  @Override
  public void stillThere() throws IOException {
    send(": still there\n\n");
  }

  @Override
  public void brokenOff() throws IOException {
    send(": no more from this instance; connect again\n\n");
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
