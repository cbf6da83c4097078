package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.RefusedToStartException;
import java.net.URI;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps a database to one AWS: the first start stores which, and an instance with another refuses
 * to start, so that a laptop can't pick up production's work. Which AWS it is says its endpoint and
 * the first account of the first start: others may come and go.
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
    var names = aws.accountIds().stream().map(this::name).toList();
    database
        .sql("insert into served_aws (name) values (:name) on conflict do nothing")
        .param("name", names.getFirst())
        .update();
    var served = database.sql("select name from served_aws").query(String.class).single();
    if (!names.contains(served)) {
      throw new RefusedToStartException(
          "This database holds the failovers of %s, but this instance is set up for %s."
              .formatted(served, String.join(" and ", names)),
          "Give it another database (SPRING_DATASOURCE_URL), or the AWS that the database is about"
              + " (BATON_AWS_ENDPOINT, BATON_AWS_ACCOUNT_ID or baton.aws.accounts).");
    }
  }

  private String name(AccountId accountId) {
    return aws.endpoint().map(URI::toString).orElse("AWS") + ", account " + accountId;
  }
}
