package dev.baton.progress;

import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.Actor;
import dev.baton.simulator.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

/** Watchers that behave badly cost nobody else anything. */
@BatonTest
class ManyWatchersTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than there are database connections. */
  private static final int DEAF = 30;

  private final List<Socket> watchers = new ArrayList<>();

  @Autowired private RunningBaton baton;
  @Autowired private AuditLog log;
  @Autowired private TransactionOperations transactions;

  @AfterEach
  void hangUp() throws IOException {
    for (var watcher : watchers) {
      watcher.close();
    }
  }

  @Test
  void forgetsAThousandThatDisconnectAtOnce() throws IOException {
    var id = held();
    var before = followers();
    for (int count = 0; count < 1_000; count++) {
      watch(id, count % 2 == 0 ? "/events" : "/watch");
    }
    await().atMost(PATIENCE).until(() -> followers() >= 1_000);

    hangUp();

    await().atMost(PATIENCE).until(() -> followers() <= before);
    baton.aws().release();
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void letsGoOfThoseThatNeverRead() throws IOException {
    // A stream of its own: those of failovers are written under their rows' locks.
    var id = UUID.randomUUID().toString();
    var stream = AuditStream.of("failover", id);
    append(stream, "FAILOVER_REQUESTED", Map.of("status", "PENDING"));
    var before = followers();
    for (int count = 0; count < DEAF; count++) {
      watch(id, "/events");
    }
    await().atMost(PATIENCE).until(() -> followers() >= DEAF);

    // Far more than the buffers of a connection hold.
    var large = Map.of("status", "SWITCHING", "cause", "x".repeat(20_000));
    for (int count = 0; count < 600; count++) {
      append(stream, "TOPOLOGY_OBSERVED", large);
    }

    await().atMost(PATIENCE).until(() -> followers() <= before);
  }

  private void append(AuditStream stream, String type, Map<String, String> data) {
    transactions.executeWithoutResult(
        _ -> log.append(stream, type, Actor.BATON, Instant.now(), data));
  }

  private String held() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.switchover(datastore));
    baton.awaitEvent(id, "CALL_INTENDED");
    return id;
  }

  /** Asks and never reads a byte of the answer. */
  private void watch(String id, String what) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), baton.port()));
    var accept = what.equals("/watch") ? "text/plain" : "text/event-stream";
    var request =
        """
        GET /v1/failovers/%s%s HTTP/1.1\r
        Host: localhost\r
        Authorization: %s\r
        Accept: %s\r
        \r
        """
            .formatted(id, what, baton.alice().headers().get("Authorization"), accept);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    watchers.add(socket);
  }

  /** Those that another test has left behind go meanwhile, too. */
  private int followers() {
    var metric = baton.as("frank").get("/actuator/metrics/baton.audit.followers").json();
    return metric.path("measurements").get(0).path("value").asInt();
  }
}
