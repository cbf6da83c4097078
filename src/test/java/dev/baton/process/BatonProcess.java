package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An instance of Baton: a process of its own, running the built jar. */
public final class BatonProcess {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** Where what processes say is kept. */
  public static final Path LOGS = TARGET.resolve("process-logs");

  private static final Duration START = Duration.ofMinutes(2);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String name;
  private final int port;
  private final Process process;
  private final Path log;

  private BatonProcess(String name, int port, Process process, Path log) {
    this.name = name;
    this.port = port;
    this.process = process;
    this.log = log;
  }

  /** Starts one; it is not up yet when this returns. */
  static BatonProcess start(String name, Map<String, String> environment, List<String> properties) {
    return start(name, command(properties), environment);
  }

  /**
   * Starts one by another command.
   *
   * @param environment its own AWS and Baton settings: none are inherited
   */
  public static BatonProcess start(
      String name, List<String> command, Map<String, String> environment) {
    try {
      var port = freePort();
      var log = Files.createDirectories(LOGS).resolve(name + ".log");
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      var settings = builder.environment();
      settings.keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("BATON_"));
      settings.putAll(environment);
      settings.put("SERVER_PORT", Integer.toString(port));
      return new BatonProcess(name, port, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be started", e);
    }
  }

  private static List<String> command(List<String> properties) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", TARGET.resolve("baton.jar").toString()));
    command.addAll(properties);
    return command;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public void awaitUp() {
    awaitUp(Duration.ofMillis(200));
  }

  /** Asking so often whether it is. */
  public void awaitUp(Duration interval) {
    await("%s is up, see %s".formatted(name, log))
        .atMost(START)
        .pollInterval(interval)
        .until(this::isUp);
  }

  private boolean isUp() {
    assertThat(process.isAlive()).as("%s runs, see %s", name, log).isTrue();
    try {
      return get("/actuator/health", "alice").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing of it runs any more when this returns. */
  public void kill() {
    process.toHandle().destroyForcibly();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s is gone", name).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGTERM: it ends by itself. */
  public void end(Duration patience) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as("%s has ended, see %s", name, log)
        .isTrue();
  }

  /** SIGSTOP: all of it stands still when this returns, with all its connections open. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
    await(name + " stands still").until(this::standsStill);
  }

  /** On a busy machine some threads go on for a while after the signal was sent. */
  private boolean standsStill() throws IOException {
    var tasks = Path.of("/proc", Long.toString(pid()), "task");
    if (!Files.exists(tasks)) {
      return true;
    }
    try (var threads = Files.list(tasks)) {
      return threads.map(BatonProcess::stat).allMatch(stat -> stat.matches("(?s).*\\) T .*"));
    }
  }

  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException overMeanwhile) {
      return "";
    }
  }

  /** SIGCONT: it goes on as if no time had passed. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
    assertThat(kill.waitFor()).as("kill -%s %s", signal, name).isZero();
  }

  HttpResponse<String> get(String path, String user) {
    return send(request(path, user).build());
  }

  HttpResponse<String> get(String path, String user, Map<String, String> headers) {
    var request = request(path, user);
    headers.forEach(request::header);
    return send(request.build());
  }

  HttpResponse<String> delete(String path, String user) {
    return send(request(path, user).header("Content-Type", "application/json").DELETE().build());
  }

  HttpResponse<String> post(String path, String user, String body) {
    return post(path, user, body, Map.of());
  }

  HttpResponse<String> post(String path, String user, String body, Map<String, String> headers) {
    var request = request(path, user).header("Content-Type", "application/json");
    headers.forEach(request::header);
    return send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path, String user) {
    var credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
  }
}
