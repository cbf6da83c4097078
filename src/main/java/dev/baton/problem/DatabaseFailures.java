package dev.baton.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.TransactionException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that is away for a moment from a mistake of ours. */
final class DatabaseFailures {
  /**
   * Connection lost, resources used up, shut down or starting, deadlock or serialization, a
   * transaction that was left idle because its instance stood still, and read-only: what a
   * connection to yesterday's primary says after the database failed over.
   */
  private static final List<String> PASSING_STATES =
      List.of("08", "53", "57P0", "40001", "40P01", "25P03", "25006");

  private DatabaseFailures() {}

  static boolean isPassing(Throwable failure) {
    return Stream.<Throwable>iterate(failure, one -> one != null, Throwable::getCause)
        .limit(20)
        .anyMatch(DatabaseFailures::saysSo);
  }

  private static boolean saysSo(Throwable failure) {
    return switch (failure) {
      case TransientDataAccessException _,
          RecoverableDataAccessException _,
          DataAccessResourceFailureException _,
          CannotCreateTransactionException _,
          // Not even rolled back: the connection was lost, and this hides what told of it.
          TransactionException _ ->
          true;
      // PostgreSQL always gives a state; the pool has none for a connection that was closed, as in
      // the rollback that hides the failure before it.
      case SQLException e -> e.getSQLState() == null || isPassing(e.getSQLState());
      default -> false;
    };
  }

  private static boolean isPassing(String state) {
    return PASSING_STATES.stream().anyMatch(state::startsWith);
  }
}
