package dev.baton;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that works, except for the next time that it is told to fail. */
public final class FailingOnce extends DelegatingDataSource {
  private final AtomicReference<Optional<Throwable>> next = new AtomicReference<>(Optional.empty());

  /** Works as this database does. */
  public FailingOnce(DataSource database) {
    super(database);
  }

  /** The next connection is not to be had, because of this exception or error. */
  public void failOnce(Throwable failure) {
    next.set(Optional.of(failure));
  }

  /** Whether that failure has been met. */
  public boolean hasFailed() {
    return next.get().isEmpty();
  }

  @Override
  public Connection getConnection() throws SQLException {
    var failure = next.getAndSet(Optional.empty());
    if (failure.isEmpty()) {
      return super.getConnection();
    }
    switch (failure.get()) {
      case SQLException noDatabase -> throw noDatabase;
      case Error error -> throw error;
      default -> throw new IllegalArgumentException(failure.get());
    }
  }
}
