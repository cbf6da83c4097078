package dev.baton.audit;

import dev.baton.core.RefusedToStartException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses a database that may forget what it has committed: "recorded before it acts" would mean
 * nothing on it.
 */
@Component
class DurableDatabase implements InitializingBean {
  private static final Logger LOG = LoggerFactory.getLogger(DurableDatabase.class);
  private static final int OLDEST_VERSION = 150_000;

  private final JdbcClient database;

  DurableDatabase(JdbcClient database) {
    this.database = database;
  }

  @Override
  public void afterPropertiesSet() {
    var version = Integer.parseInt(setting("server_version_num"));
    if (version < OLDEST_VERSION) {
      throw new RefusedToStartException(
          "The database is PostgreSQL %d; Baton needs 15 or newer.".formatted(version / 10_000),
          "Give it a newer one by SPRING_DATASOURCE_URL.");
    }
    for (var name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      if (setting(name).equals("off")) {
        throw new RefusedToStartException(
            "The database has %s=off: after a crash it may have lost what was committed."
                .formatted(name),
            "Set %s=on in the database, or give Baton another one by SPRING_DATASOURCE_URL."
                .formatted(name));
      }
    }
    if (isReplicated() && !waitsForStandbys()) {
      LOG.warn(
          "The database has standbys, and no commit waits for one (synchronous_standby_names is"
              + " '{}', synchronous_commit {}): a standby that is promoted may have forgotten"
              + " failovers that were accepted, and calls that were made.",
          setting("synchronous_standby_names"),
          setting("synchronous_commit"));
    }
  }

  private boolean isReplicated() {
    return database
        .sql("select exists (select from pg_stat_replication)")
        .query(Boolean.class)
        .single();
  }

  private boolean waitsForStandbys() {
    return !setting("synchronous_standby_names").isBlank()
        && !setting("synchronous_commit").equals("local");
  }

  private String setting(String name) {
    return database
        .sql("select current_setting(:name)")
        .param("name", name)
        .query(String.class)
        .single();
  }
}
