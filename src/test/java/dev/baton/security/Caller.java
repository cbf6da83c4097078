package dev.baton.security;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks HTTP to the service under test. */
public record Caller(int port, Map<String, String> headers) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static Caller nobody(int port) {
    return new Caller(port, Map.of());
  }

  public static Caller demo(int port, String name) {
    var credentials = (name + ":" + name).getBytes(StandardCharsets.UTF_8);
    return nobody(port)
        .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  public Caller with(String name, String value) {
    var more = new java.util.TreeMap<>(headers);
    more.put(name, value);
    return new Caller(port, Map.copyOf(more));
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Answer post(String path, String body) {
    return with("Content-Type", "application/json")
        .send("POST", path, BodyPublishers.ofString(body));
  }

  public Answer send(String method, String path, HttpRequest.BodyPublisher body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).method(method, body);
    headers.forEach(request::header);
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What comes back for bytes that no HTTP client would send. */
  public String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public record Answer(HttpResponse<String> http) {
    public int status() {
      return http.statusCode();
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(http.body());
    }

    /** Status and type of a problem, once it was seen to be one. */
    public String problem() {
      if (!header("Content-Type").equals("application/problem+json")) {
        throw new AssertionError("no problem: " + status() + " " + http.headers() + http.body());
      }
      if (json().path("status").intValue() != status()) {
        throw new AssertionError("another status: " + status() + " " + http.body());
      }
      return status() + " " + json().path("type").stringValue();
    }

    public String detail() {
      return json().path("detail").stringValue();
    }
  }
}
