package dev.baton.failover.idempotency;

import dev.baton.core.Actor;
import dev.baton.core.Timestamps;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The keys in use, each with the answer to its first request once there is one. */
@Component
public class IdempotencyKeys {
  /** Part of the contract. */
  public static final Duration KEPT = Duration.ofHours(24);

  /**
   * Longer than an acceptance may take: whoever still has no answer then has died, or is fenced off
   * by the next holder.
   */
  private static final Duration HELD = Duration.ofSeconds(30);

  private static final int LOST_RACES = 3;

  private final JdbcClient database;
  private final InstantSource clock;

  public IdempotencyKeys(JdbcClient database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** One subject's key. */
  public record Name(Actor subject, IdempotencyKey key) {}

  /**
   * What a first request was answered with.
   *
   * @param accepted whether it was accepted; else it was denied
   * @param body the failover as JSON, as it was then
   */
  public record Answer(UUID failoverId, boolean accepted, String eTag, String body) {}

  /** What is known of a key. */
  public sealed interface Use {

    /** It is this execution's, to be kept with an answer or released. */
    record Held(Name name, UUID holder) implements Use {}

    /** The first request is not answered yet. */
    record Running(String fingerprint) implements Use {}

    record Answered(String fingerprint, Answer answer) implements Use {}
  }

  /** The answer to a request that was the same, if there is one already. */
  public Optional<Answer> answer(Name name, String fingerprint) {
    return use(name)
        .flatMap(use ->
            use instanceof Use.Answered(var first, var answer) && first.equals(fingerprint)
                ? Optional.of(answer)
                : Optional.empty());
  }

  /** Takes the key for a request, unless it is taken: then whoever has it is told of. */
  public Use take(Name name, String fingerprint) {
    for (int races = 1; races <= LOST_RACES; races++) {
      var holder = UUID.randomUUID();
      if (took(name, fingerprint, holder)) {
        return new Use.Held(name, holder);
      }
      var use = use(name);
      if (use.isPresent()) {
        return use.get();
      }
    }
    return new Use.Running(fingerprint);
  }

  private boolean took(Name name, String fingerprint, UUID holder) {
    var now = clock.instant();
    return named(
                """
                insert into idempotency_key as k
                  (subject, kind, key, fingerprint, holder, held_until, expires_at)
                values (:subject, :kind, :key, :fingerprint, :holder, :heldUntil, :expiresAt)
                on conflict (subject, kind, key) do update
                set fingerprint = excluded.fingerprint, holder = excluded.holder,
                    held_until = excluded.held_until, expires_at = excluded.expires_at,
                    failover_id = null, accepted = null, e_tag = null, answer = null
                where k.expires_at <= :now or (k.failover_id is null and k.held_until <= :now)
                """,
                name)
            .param("fingerprint", fingerprint)
            .param("holder", holder)
            .param("heldUntil", Timestamps.of(now.plus(HELD)))
            .param("expiresAt", Timestamps.of(now.plus(KEPT)))
            .param("now", Timestamps.of(now))
            .update()
        == 1;
  }

  private Optional<Use> use(Name name) {
    return named(
            """
            select fingerprint, failover_id, accepted, e_tag, answer from idempotency_key
            where subject = :subject and kind = :kind and key = :key and expires_at > :now
            """,
            name)
        .param("now", Timestamps.of(clock.instant()))
        .query(IdempotencyKeys::use)
        .optional();
  }

  private static Use use(ResultSet row, int number) throws SQLException {
    var failoverId = row.getObject("failover_id", UUID.class);
    return failoverId == null
        ? new Use.Running(row.getString("fingerprint"))
        : new Use.Answered(
            row.getString("fingerprint"),
            new Answer(
                failoverId,
                row.getBoolean("accepted"),
                row.getString("e_tag"),
                row.getString("answer")));
  }

  /** Keeps the answer, in the transaction that stores the failover: there are both or neither. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void keep(Use.Held held, Answer answer) {
    var kept =
        named(
                """
                update idempotency_key
                set failover_id = :failoverId, accepted = :accepted, e_tag = :eTag,
                    answer = :answer::json
                where subject = :subject and kind = :kind and key = :key
                  and holder = :holder and failover_id is null
                """,
                held.name())
            .param("failoverId", answer.failoverId())
            .param("accepted", answer.accepted())
            .param("eTag", answer.eTag())
            .param("answer", answer.body())
            .param("holder", held.holder())
            .update();
    if (kept != 1) {
      throw new ProblemException(
              ProblemType.IDEMPOTENCY_KEY_IN_USE,
              "This request took so long that a repetition took its place. Nothing was changed.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  /** Gives the key up, unless an answer is kept under it: the next request is a first one again. */
  public void release(Use.Held held) {
    named(
            """
            delete from idempotency_key
            where subject = :subject and kind = :kind and key = :key
              and holder = :holder and failover_id is null
            """,
            held.name())
        .param("holder", held.holder())
        .update();
  }

  /** Forgets what has expired; how many keys that were. */
  public int forgetExpired(int atMost) {
    return database
        .sql(
            """
            delete from idempotency_key where (subject, kind, key) in (
              select subject, kind, key from idempotency_key where expires_at <= :now limit :atMost)
            """)
        .param("now", Timestamps.of(clock.instant()))
        .param("atMost", atMost)
        .update();
  }

  private JdbcClient.StatementSpec named(String sql, Name name) {
    return database
        .sql(sql)
        .param("subject", name.subject().subject())
        .param("kind", name.subject().kind().name())
        .param("key", name.key().value());
  }
}
