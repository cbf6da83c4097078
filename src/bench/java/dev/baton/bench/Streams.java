package dev.baton.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Any number of open streams of server-sent events, read by one thread. */
final class Streams implements AutoCloseable {
  private static final byte[] EVENT = "\nid: ".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector = Selector.open();
  private final Map<Integer, Arrival> arrivals = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Thread reader = new Thread(this::read, "streams");
  private volatile String failure = "";
  private volatile boolean closed;

  /** How many have an event, and since when the last of them. */
  private static final class Arrival {
    private final AtomicInteger count = new AtomicInteger();
    private volatile Instant last = Instant.EPOCH;
  }

  /** Where a stream is: how many events it has brought, and how far the next one has come. */
  private static final class Place {
    private int events;
    private int matched;
    private boolean begun;
    private boolean counted;
  }

  Streams() throws IOException {
    reader.setDaemon(true);
    reader.start();
  }

  /** Opens one more; its first event tells that it is open. */
  void open(int port, byte[] request) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Place());
    selector.wakeup();
  }

  /** How many have brought an event. */
  int open() {
    if (!failure.isEmpty()) {
      throw new IllegalStateException("a stream ended: " + failure);
    }
    return open.get();
  }

  /** How many have brought this event, counted from 1. */
  int arrived(int event) {
    var arrival = arrivals.get(event);
    return arrival == null ? 0 : arrival.count.get();
  }

  /** When the last of them brought it. */
  Instant lastArrival(int event) {
    return arrivals.get(event).last;
  }

  private void read() {
    var buffer = ByteBuffer.allocateDirect(1 << 16);
    try {
      while (!closed) {
        selector.select(key -> {
          if (key.isValid()) {
            read(key, buffer);
          }
        });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    var place = (Place) key.attachment();
    buffer.clear();
    try {
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        key.cancel();
        failure = "by the server";
        return;
      }
    } catch (IOException brokenOff) {
      key.cancel();
      failure = brokenOff.toString();
      return;
    }
    buffer.flip();
    if (!place.begun && buffer.remaining() > 12 && buffer.get(9) != '2') {
      failure = StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
    }
    place.begun = true;
    while (buffer.hasRemaining()) {
      var next = buffer.get();
      place.matched = next == EVENT[place.matched] ? place.matched + 1 : next == EVENT[0] ? 1 : 0;
      if (place.matched == EVENT.length) {
        place.matched = 0;
        arrived(place);
      }
    }
  }

  private void arrived(Place place) {
    if (!place.counted) {
      place.counted = true;
      open.incrementAndGet();
    }
    var arrival = arrivals.computeIfAbsent(++place.events, _ -> new Arrival());
    arrival.last = Instant.now();
    arrival.count.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
