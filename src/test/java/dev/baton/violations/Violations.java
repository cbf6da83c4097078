package dev.baton.violations;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.github.resilience4j.retry.Retry;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** Classes that each break one rule of the architecture. */
public final class Violations {
  private Violations() {}

  public record CallsAws(ElastiCacheClient client) {}

  public record Retries(Retry retry) {}

  public record Schedules(Scheduler scheduler) {}

  public record UsesSpring(ApplicationContext context) {}

  public record HasAClock(InstantSource clock) {}

  public record UsesJdbc(Connection connection) {}

  public static final class ReadsTheTime {
    Instant read() {
      return Instant.now();
    }
  }

  public static final class ReadsTheTimeLater {
    Supplier<Instant> read() {
      return Instant::now;
    }
  }

  public static final class ReadsTheDate {
    LocalDate read() {
      return LocalDate.now();
    }
  }

  public static final class ReadsMilliseconds {
    long read() {
      return System.currentTimeMillis();
    }
  }

  public static final class HasItsFieldFilled {
    @Autowired ApplicationContext context;
  }

  public static final class Prints {
    void print() {
      System.out.println("hello");
    }
  }

  public static final class LogsElsewhere {
    static final Logger LOG = Logger.getLogger("elsewhere");
  }

  // No component scan must find it: the annotation is what the rule goes by.
  @RestController
  public abstract static class PublicController {}

  public static final class FailoverManager {}

  public static final class FailoverImpl {}

  public interface Deletes extends Repository<Object, UUID> {
    void deleteById(UUID id);
  }

  public interface InheritsDelete extends CrudRepository<Object, UUID> {}

  public abstract static class LenientAuditLog {
    @Transactional
    public void append() {}
  }
}
