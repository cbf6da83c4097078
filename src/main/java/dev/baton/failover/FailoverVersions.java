package dev.baton.failover;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which version of a failover there is. Whoever asks while PostgreSQL is being asked is part of the
 * next question: the more ask, the less each costs. Nothing is answered by what was known before.
 */
@Component
class FailoverVersions implements SmartLifecycle {
  private static final int MOST_AT_ONCE = 100;

  private final JdbcClient database;
  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private volatile Optional<Thread> asking = Optional.empty();

  FailoverVersions(JdbcClient database) {
    this.database = database;
  }

  /**
   * A version of a failover.
   *
   * @param updatedAt when it became that; with it, a version is told from one of the same number
   *     that a database had which has been restored since
   */
  record Version(FailoverId id, long number, Instant updatedAt, boolean isFinished) {

    static Version of(Failover failover) {
      return new Version(
          failover.id(), failover.version(), failover.updatedAt(), failover.status().isFinished());
    }

    String eTag() {
      return FailoverView.eTag(id, number);
    }
  }

  private record Question(UUID id, CompletableFuture<Optional<Version>> answer) {}

  /**
   * The version that there is now; empty if there is no such failover.
   *
   * @throws DataAccessException if the database can't be asked
   */
  Optional<Version> of(FailoverId id) {
    var question = new Question(id.value(), new CompletableFuture<>());
    questions.add(question);
    try {
      return question.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DataAccessException cause ? cause : e;
    }
  }

  private void ask() {
    var together = new ArrayList<Question>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        together.add(questions.take());
        questions.drainTo(together, MOST_AT_ONCE - 1);
        answer(together);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      together.clear();
    }
  }

  private void answer(List<Question> together) {
    try {
      var versions = versions(together.stream().map(Question::id).distinct().toArray(UUID[]::new));
      together.forEach(
          question -> question.answer().complete(Optional.ofNullable(versions.get(question.id()))));
    } catch (RuntimeException | Error e) {
      // An Error, too: without this thread nobody who asks later would ever be answered.
      together.forEach(question -> question.answer().completeExceptionally(e));
    }
  }

  private Map<UUID, Version> versions(UUID[] ids) {
    var versions = new HashMap<UUID, Version>();
    database
        .sql(
            """
            select id, version, updated_at, finished_at is not null from failover
            where id = any(?)
            """)
        .param(ids)
        .query(row -> {
          var id = row.getObject(1, UUID.class);
          versions.put(
              id,
              new Version(
                  new FailoverId(id),
                  row.getLong(2),
                  row.getObject(3, OffsetDateTime.class).toInstant(),
                  row.getBoolean(4)));
        });
    return versions;
  }

  @Override
  public void start() {
    asking = Optional.of(Thread.ofVirtual().name("failover-versions").start(this::ask));
  }

  /** Whoever still waits has been answered: the web server has stopped before. */
  @Override
  public void stop() {
    asking.ifPresent(Thread::interrupt);
    asking = Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return asking.isPresent();
  }

  /** Started before the web server takes requests, and stopped after their end. */
  @Override
  public int getPhase() {
    return 0;
  }
}
