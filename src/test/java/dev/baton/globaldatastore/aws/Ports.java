package dev.baton.globaldatastore.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Addresses at which no HTTP is spoken. */
final class Ports {

  private Ports() {}

  static URI refusing() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return uri(socket);
    }
  }

  /** A port whose queue is full: the kernel leaves every further connection unanswered. */
  static final class Deaf implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> queue = new ArrayList<>();

    Deaf() throws IOException {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      var full = false;
      while (!full) {
        var waiting = new Socket();
        queue.add(waiting);
        try {
          waiting.connect(
              new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), 200);
        } catch (SocketTimeoutException ignored) {
          full = true;
        }
      }
    }

    URI uri() {
      return Ports.uri(socket);
    }

    @Override
    public void close() throws IOException {
      for (var waiting : queue) {
        waiting.close();
      }
      socket.close();
    }
  }

  private static URI uri(ServerSocket socket) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }
}
