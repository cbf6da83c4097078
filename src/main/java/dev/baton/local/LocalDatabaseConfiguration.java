package dev.baton.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The local profile's database, unless {@code SPRING_DATASOURCE_URL} names one. */
@Configuration(proxyBeanMethods = false)
@Profile("local")
@ConditionalOnClass(EmbeddedPostgres.class)
@Conditional(LocalDatabaseConfiguration.NoDatabaseNamed.class)
class LocalDatabaseConfiguration {

  static class NoDatabaseNamed extends NoneNestedConditions {
    NoDatabaseNamed() {
      super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnProperty("spring.datasource.url")
    static class DatabaseNamed {}
  }

  @Bean
  LocalDatabase localDatabase() {
    return LocalDatabase.start();
  }

  @Bean
  JdbcConnectionDetails localConnection(LocalDatabase database) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return LocalDatabase.USER;
      }

      @Override
      public String getPassword() {
        return database.password();
      }

      @Override
      public String getJdbcUrl() {
        return database.url();
      }
    };
  }
}
