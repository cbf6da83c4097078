package dev.baton.globaldatastore.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/** An endpoint that answers as it is told to: any status and body, half an answer, or none. */
final class FakeAws implements AutoCloseable {
  private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/\\d+/([a-z0-9-]+)/");

  private final ServerSocket socket;
  private final Function<Request, Answer> script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** A request as it arrived. */
  record Request(String head, String body) {
    String region() {
      return scope(2);
    }

    String accessKeyId() {
      return scope(1);
    }

    private String scope(int group) {
      var matcher = SCOPE.matcher(head);
      return matcher.find() ? matcher.group(group) : "";
    }
  }

  /** What becomes of a request. */
  sealed interface Answer {
    record Whole(int status, String body) implements Answer {}

    /** With the time that AWS's clock shows. */
    record Dated(int status, String body, Instant date) implements Answer {}

    record Half(String body) implements Answer {}

    record Cut() implements Answer {}

    record Reset() implements Answer {}

    record Silence() implements Answer {}

    record Moved(String location) implements Answer {}
  }

  private FakeAws(Function<Request, Answer> script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::accept);
  }

  static FakeAws answering(Function<Request, Answer> script) {
    return new FakeAws(script);
  }

  static FakeAws answering(int status, String body) {
    return new FakeAws(request -> new Answer.Whole(status, body));
  }

  /** Answers in turn, and with the last one from then on. */
  static FakeAws answeringInTurn(Answer... answers) {
    var next = new AtomicInteger();
    return new FakeAws(request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  List<Request> requests() {
    return requests;
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connections.incrementAndGet();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try {
      var in = new BufferedInputStream(connection.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        var body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
        var request = new Request(head, body);
        requests.add(request);
        if (!give(script.apply(request), connection)) {
          return;
        }
      }
      connection.close();
    } catch (IOException ended) {
      // The client hung up: nothing left to answer.
    }
  }

  private static boolean give(Answer answer, Socket connection) throws IOException {
    switch (answer) {
      case Answer.Whole(int status, String body) ->
          write(connection, status, "", body, body.length());
      case Answer.Dated(int status, String body, Instant date) ->
          write(connection, status, "Date: " + inHttp(date) + "\r\n", body, body.length());
      case Answer.Moved(String location) ->
          write(connection, 307, "Location: " + location + "\r\n", "", 0);
      case Answer.Half(String body) -> {
        write(connection, 200, "", body.substring(0, body.length() / 2), body.length());
        connection.close();
      }
      case Answer.Cut _ -> connection.close();
      case Answer.Reset _ -> {
        connection.setSoLinger(true, 0);
        connection.close();
      }
      case Answer.Silence _ -> {
        return false;
      }
    }
    return !connection.isClosed();
  }

  private static void write(Socket to, int status, String headers, String body, int length)
      throws IOException {
    var text =
        "HTTP/1.1 %d Scripted\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(status, length, headers, body);
    to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  private static String inHttp(Instant date) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (var next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (var connection : open) {
      connection.close();
    }
  }
}
