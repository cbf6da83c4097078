package dev.baton.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection that sends one HTTP/1.1 request after the other. A whole client would take more of
 * the machine's time than what it measures.
 */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final int port;
  private Connection connection;

  Wire(int port) throws IOException {
    this.port = port;
    this.connection = Connection.to(port);
  }

  private record Connection(Socket socket, InputStream in, OutputStream out) {
    static Connection to(int port) throws IOException {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new Connection(
          socket,
          new BufferedInputStream(socket.getInputStream(), 1 << 16),
          socket.getOutputStream());
    }
  }

  /** An answer; the names of its headers are in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** What is sent for a request, to be made once and sent often. */
  static byte[] request(
      String method, String path, Token token, Map<String, String> headers, String body) {
    var text = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1\r\nAuthorization: Bearer ").append(token.value()).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    if (!method.equals("GET")) {
      text.append("Content-Type: application/json\r\nContent-Length: ")
          .append(body.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
    }
    return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] get(String path, Token token) {
    return request("GET", path, token, Map.of(), "");
  }

  static byte[] post(String path, Token token, String body) {
    return request("POST", path, token, Map.of(), body);
  }

  /** After a number of requests the server lets a connection end: the next one has a new one. */
  Answer send(byte[] request) throws IOException {
    begin(request);
    var answer = finish();
    if ("close".equalsIgnoreCase(answer.headers().get("connection"))) {
      close();
      connection = Connection.to(port);
    }
    return answer;
  }

  /** Sends a request whose answer is read line by line. */
  void begin(byte[] request) throws IOException {
    connection.out().write(request);
    connection.out().flush();
  }

  private Answer finish() throws IOException {
    var status = Integer.parseInt(line().split(" ", 3)[1]);
    var headers = new TreeMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, body(status, headers));
  }

  private String body(int status, Map<String, String> headers) throws IOException {
    if (status == 304 || status == 204) {
      return "";
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks();
    }
    return text(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private String text(int bytes) throws IOException {
    return new String(connection.in().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** The next line, without its end. */
  String line() throws IOException {
    var line = new StringBuilder();
    for (var next = connection.in().read(); next != '\n'; next = connection.in().read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    connection.socket().close();
  }
}
