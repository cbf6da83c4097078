package dev.baton.simulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executor;

/** A port the simulator listens on, which can be shut and opened again. */
final class Port {

  static {
    // Otherwise the end of a longer answer waits until the client has confirmed what came before,
    // 40 ms on Linux, as it would not at AWS. The JDK reads this when it makes its first server.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, HttpHandler> handlers;
  private final Executor executor;
  private InetSocketAddress address;
  private HttpServer server;
  private boolean open = true;

  Port(InetSocketAddress address, Map<String, HttpHandler> handlers, Executor executor) {
    this.handlers = handlers;
    this.executor = executor;
    this.server = listen(address);
    this.address = server.getAddress();
  }

  /** Where it can be reached from this machine. */
  synchronized URI endpoint() {
    InetAddress host = address.getAddress();
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    String inUri = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://" + inUri + ":" + address.getPort());
  }

  /** Connections are refused, those that are open are cut. */
  synchronized void shut() {
    if (open) {
      server.stop(0);
      open = false;
    }
  }

  synchronized void open() {
    if (!open) {
      server = listen(address);
      address = server.getAddress();
      open = true;
    }
  }

  static HttpServer bound(InetSocketAddress where) throws IOException {
    return HttpServer.create(where, 0);
  }

  private HttpServer listen(InetSocketAddress where) {
    try {
      HttpServer listening = bound(where);
      listening.setExecutor(executor);
      handlers.forEach(listening::createContext);
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The simulator can't listen on %s port %d: choose a free port."
              .formatted(where.getHostString(), where.getPort()),
          e);
    }
  }
}
