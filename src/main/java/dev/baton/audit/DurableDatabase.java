package dev.baton.audit;

import dev.baton.core.RefusedToStartException;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses a database that may forget what it has committed: "recorded before it acts" would mean
 * nothing on it.
 */
@Component
class DurableDatabase implements InitializingBean {
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
  }

  private String setting(String name) {
    return database
        .sql("select current_setting(:name)")
        .param("name", name)
        .query(String.class)
        .single();
  }
}
