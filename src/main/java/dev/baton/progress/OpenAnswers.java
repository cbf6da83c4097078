package dev.baton.progress;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The answers of this instance that stay open, each written by a virtual thread of its own. */
@Component
class OpenAnswers implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAnswers.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Set<Thread> writers = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  /** Writes a body for as long as it takes. */
  interface Telling {
    void to(OutputStream out) throws IOException;
  }

  /** Sends the head of the answer at once, and leaves its body to whoever tells. */
  void open(HttpServletRequest http, HttpServletResponse response, Telling telling)
      throws IOException {
    var path = http.getRequestURI();
    // Otherwise each piece of the body would be framed, which takes the buffers of the request.
    response.setHeader(HttpHeaders.CONNECTION, "close");
    response.getOutputStream().flush();
    try {
      http.upgrade(OpenAnswer.class)
          .whenOpen(answer -> {
            var writer =
                Thread.ofVirtual().name("open-answer").unstarted(() -> tell(path, answer, telling));
            writers.add(writer);
            writer.start();
          });
    } catch (ServletException e) {
      throw new IllegalStateException("the answer of %s can't stay open".formatted(path), e);
    }
  }

  private void tell(String path, OpenAnswer answer, Telling telling) {
    try (var body = answer.body()) {
      telling.to(body);
    } catch (IOException nobodyListens) {
      LOG.debug("Whoever listened to {} hung up", path, nobodyListens);
    } catch (RuntimeException failure) {
      LOG.error("The answer of {} broke off", path, failure);
    } finally {
      writers.remove(Thread.currentThread());
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Whoever is told that there is no more from this instance must get that. */
  @Override
  public void stop() {
    running = false;
    var end = System.nanoTime() + LAST_WORDS.toNanos();
    try {
      for (var writer : writers) {
        writer.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After those are let go whom they follow, and before the web server is stopped. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
