package dev.baton.progress;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an answer that stays open, once its head is sent. Tomcat would keep a request's
 * buffers and its thread's stack for as long as it is answered, 146 kilobytes; of a connection that
 * was upgraded (Servlet 6.1, 2.3.3.5) it keeps little, and leaves it to whom it was given to. What
 * follows the head is the body up to the end of the connection (RFC 9112, 6.3).
 *
 * <p>Public because Tomcat makes it.
 */
public final class OpenAnswer implements InternalHttpUpgradeHandler {
  /** Who doesn't take what was sent for so long is let go. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private @Nullable SocketWrapperBase<?> socket;
  private @Nullable Consumer<OpenAnswer> whenOpen;

  /** What to do as soon as the connection is there. */
  void whenOpen(Consumer<OpenAnswer> task) {
    whenOpen = task;
  }

  /** Where the body goes. It is to be written, flushed and closed by one thread. */
  OutputStream body() {
    return new Body(Objects.requireNonNull(socket));
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    socket = wrapper;
  }

  @Override
  public void init(WebConnection connection) {
    Objects.requireNonNull(socket).setWriteTimeout(PATIENCE.toMillis());
    Objects.requireNonNull(whenOpen).accept(this);
  }

  /** Nothing is read: that somebody hung up is noticed by what can't be written any more. */
  @Override
  public boolean hasAsyncIO() {
    return true;
  }

  @Override
  public SocketState upgradeDispatch(SocketEvent event) {
    return SocketState.CLOSED;
  }

  @Override
  public void timeoutAsync(long now) {}

  @Override
  public void setSslSupport(SSLSupport sslSupport) {}

  @Override
  public void pause() {}

  @Override
  public void destroy() {}

  private static final class Body extends OutputStream {
    private final SocketWrapperBase<?> socket;

    private Body(SocketWrapperBase<?> socket) {
      this.socket = socket;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
      socket.write(true, octets, from, count);
    }

    @Override
    public void flush() throws IOException {
      socket.flush(true);
    }

    /** Only once Tomcat has put the connection aside: it would keep what is closed before. */
    @Override
    public void close() {
      socket.getLock().lock();
      try {
        socket.close();
      } finally {
        socket.getLock().unlock();
      }
    }
  }
}
