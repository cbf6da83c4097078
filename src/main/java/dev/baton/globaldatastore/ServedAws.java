package dev.baton.globaldatastore;

import dev.baton.core.RefusedToStartException;
import java.net.URI;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps a database to one AWS: the first start stores which, and an instance with another refuses
 * to start, so that a laptop can't pick up production's work.
 */
@Component
class ServedAws implements InitializingBean {
  private final JdbcClient database;
  private final AwsEnvironment aws;

  ServedAws(JdbcClient database, AwsEnvironment aws) {
    this.database = database;
    this.aws = aws;
  }

  @Override
  public void afterPropertiesSet() {
    var name = aws.endpoint().map(URI::toString).orElse("AWS") + ", account " + aws.accountId();
    database
        .sql("insert into served_aws (name) values (:name) on conflict do nothing")
        .param("name", name)
        .update();
    var served = database.sql("select name from served_aws").query(String.class).single();
    if (!served.equals(name)) {
      throw new RefusedToStartException(
          "This database holds the failovers of %s, but this instance is set up for %s."
              .formatted(served, name),
          "Give it another database (SPRING_DATASOURCE_URL), or the AWS that the database is about"
              + " (BATON_AWS_ENDPOINT, BATON_AWS_ACCOUNT_ID).");
    }
  }
}
