package dev.baton.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Catches an instance between the committed intent of a call and the call itself.
 *
 * <p>The AWS SDK asks for credentials right before it signs, which is after the intent is committed
 * and before the last check of the time to send. This is the place it asks. There are none here
 * (404), so the instance goes on with its own for a simulator, and, nothing being kept, asks again
 * for every call. A past expiration would not do: the SDK keeps such credentials for a second.
 */
final class CallTrap implements AutoCloseable {
  private final TestDatabase database;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Snare> snare = new AtomicReference<>();

  CallTrap(TestDatabase database) throws IOException {
    this.database = database;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where an instance asks for its credentials. */
  String address(String instance) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), instance);
  }

  /** Catches whoever is about to send a call about this datastore, once. */
  void set(String datastore) {
    snare.set(new Snare(datastore, new CompletableFuture<>(), new CountDownLatch(1)));
  }

  /** The instance that was caught: it waits for credentials now, its intent being committed. */
  String awaitCaught(Duration patience) throws Exception {
    return current().caught().get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets go on what is caught, and catches nothing any more. */
  void open() {
    var old = snare.getAndSet(null);
    if (old != null) {
      old.opened().countDown();
    }
  }

  private Snare current() {
    var set = snare.get();
    if (set == null) {
      throw new IllegalStateException("the trap is not set");
    }
    return set;
  }

  private record Snare(String datastore, CompletableFuture<String> caught, CountDownLatch opened) {

    /** All that an instance asks for waits once it is caught: its reads ask here too. */
    boolean holds(String instance, TestDatabase database) {
      if (!caught.isDone() && database.callerTo(datastore).filter(instance::equals).isPresent()) {
        caught.complete(instance);
      }
      return instance.equals(caught.getNow(""));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var set = snare.get();
      if (set != null && set.holds(exchange.getRequestURI().getPath().substring(1), database)) {
        set.opened().await();
      }
      exchange.sendResponseHeaders(404, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open();
    server.stop(0);
    executor.shutdownNow();
  }
}
