package dev.baton.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** What is sent as the body of an answer: the whole of it, or what a fault has made of it. */
final class AnswerBody {

  private static final byte[] FILLING = filling();

  private final byte[] head;
  private final long filled;
  private final byte[] tail;
  private final boolean brokenOff;

  private AnswerBody(byte[] head, long filled, byte[] tail, boolean brokenOff) {
    this.head = head;
    this.filled = filled;
    this.tail = tail;
    this.brokenOff = brokenOff;
  }

  static AnswerBody whole(byte[] bytes) {
    return new AnswerBody(bytes, 0, new byte[0], false);
  }

  /** Announces the whole body and closes the connection after half of it. */
  static AnswerBody brokenOff(byte[] bytes) {
    return new AnswerBody(bytes, 0, new byte[0], true);
  }

  /** So many letters between a beginning and an end; made while they are sent. */
  static AnswerBody filled(byte[] head, long letters, byte[] tail) {
    return new AnswerBody(head, letters, tail, false);
  }

  void send(HttpExchange exchange, int status) throws IOException {
    long length = head.length + filled + tail.length;
    // Where the server is told 0, it sends chunks; -1 is its word for no body at all.
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    OutputStream out = exchange.getResponseBody();
    if (brokenOff) {
      out.write(head, 0, head.length / 2);
      out.flush();
      return;
    }
    out.write(head);
    for (long left = filled; left > 0; left -= FILLING.length) {
      out.write(FILLING, 0, (int) Math.min(left, FILLING.length));
    }
    out.write(tail);
  }

  private static byte[] filling() {
    byte[] letters = new byte[64 * 1024];
    Arrays.fill(letters, (byte) 'x');
    return letters;
  }
}
