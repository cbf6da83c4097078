package dev.baton.policy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.audit.AuditLog;
import dev.baton.policy.InvalidPolicyException;
import dev.baton.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a start finds in a database of its own, and in the files that it is given. */
@BatonTest
@ExtendWith(OutputCaptureExtension.class)
class FirstPoliciesTests {
  private static final String RESCUES_ONLY =
      document("strict", "- {name: rescues-only, allowedModes: [FAILOVER, DETACH]}");

  @Autowired private JdbcConnectionDetails server;
  @Autowired private JdbcClient databases;

  @TempDir Path directory;
  private Path file;
  private ApplicationContextRunner baton;

  @BeforeEach
  void prepareADatabaseAndAFile() {
    var name = "policies_" + UUID.randomUUID().toString().replace('-', '_');
    databases.sql("create database " + name).update();
    file = directory.resolve("policy.yaml");
    baton =
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    FlywayAutoConfiguration.class,
                    JacksonAutoConfiguration.class))
            .withBean(InstantSource.class, InstantSource::system)
            .withUserConfiguration(PoliciesAndAudit.class)
            .withPropertyValues(
                "spring.datasource.url="
                    + server.getJdbcUrl().replaceFirst("(//[^/]+/)[^?]+", "$1" + name),
                "spring.datasource.username=" + server.getUsername(),
                "spring.datasource.password=" + server.getPassword());
  }

  @Configuration
  @ComponentScan({"dev.baton.policy.store", "dev.baton.policy.gate"})
  @ComponentScan(
      basePackages = "dev.baton.policy.hold",
      useDefaultFilters = false,
      includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.HoldTable"))
  @ComponentScan(
      basePackages = "dev.baton.audit",
      useDefaultFilters = false,
      includeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern = "dev\\.baton\\.audit\\.(AuditLog|JdbcAuditTable)"))
  static class PoliciesAndAudit {}

  @Test
  void areWhatBatonShips(CapturedOutput output) {
    baton.run(context -> {
      assertThat(inForce(context)).containsExactly("default 1");
      assertThat(output).doesNotContain("would be refused");
      assertThat(types(context)).containsExactly("POLICY_STORED");
    });
  }

  @Test
  void areTheDocumentsThatTheLocationNames() throws IOException {
    Files.writeString(file, RESCUES_ONLY);
    Files.writeString(
        directory.resolve("tickets.yaml"), document("tickets", "- {name: t, requireReference: x}"));
    withLocation(directory.toUri() + "*.yaml")
        .run(context -> assertThat(inForce(context)).containsExactly("strict 1", "tickets 1"));
  }

  @Test
  void areReadAtTheFirstStartOnly(CapturedOutput output) throws IOException {
    Files.writeString(file, RESCUES_ONLY);
    withFile().run(context -> assertThat(inForce(context)).containsExactly("strict 1"));
    Files.writeString(file, document("other", "[]"));
    withFile()
        .run(context -> {
          assertThat(inForce(context)).containsExactly("strict 1");
          assertThat(output).contains("Policies are those in the database");
        });
  }

  @Test
  void areStoredOnceByInstancesThatStartTogether() throws Exception {
    try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 3)
              .mapToObj(_ ->
                  instances.submit(() ->
                      baton.run(
                          context -> assertThat(inForce(context)).containsExactly("default 1"))))
              .toList();
      for (var start : starts) {
        start.get();
      }
    }
    baton.run(context -> assertThat(types(context)).containsExactly("POLICY_STORED"));
  }

  @Test
  void areWarnedOfWhereNoRescueWouldPass(CapturedOutput output) throws IOException {
    Files.writeString(file, document("strict", "- {name: no-rescue, allowedModes: [SWITCHOVER]}"));
    withFile()
        .run(context ->
            assertThat(output)
                .contains(
                    "Every FAILOVER would be refused", "rule strict/no-rescue", file.toString()));
  }

  @Test
  void stopTheStartWhereOneIsWrongAndSayWhy() throws IOException {
    Files.writeString(file, document("strict", "- {name: one, coolDown: soon}"));
    withFile()
        .run(context -> {
          assertThat(context).hasFailed();
          assertThat(analysis(context.getStartupFailure()))
              .contains(file.toString())
              .contains("rules[0].coolDown (line 5)")
              .contains("baton.policy.location");
        });
  }

  @Test
  void stopTheStartWhereTwoHaveTheSameName() throws IOException {
    Files.writeString(file, RESCUES_ONLY);
    Files.writeString(directory.resolve("twin.yaml"), RESCUES_ONLY);
    withLocation(directory.toUri() + "*.yaml")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(
                    "must differ from the other policies' names, but is 'strict' in"));
  }

  @Test
  void stopTheStartWhereThereAreNone() {
    withFile()
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("the document (line 1): must be readable, but is not: "));
    withLocation(directory.toUri() + "*.yaml")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("must be readable, but names no file"));
  }

  @Test
  void haveAtMost256Kibibytes() throws IOException {
    var padded = RESCUES_ONLY + "#".repeat(256 * 1024 - RESCUES_ONLY.length());
    Files.writeString(file, padded + "#");
    withFile()
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(
                    "the document (line 1): must have at most 262144 bytes (256 KiB), but has"
                        + " more"));
    Files.writeString(file, padded);
    withFile().run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void areUtf8() throws IOException {
    Files.write(file, new byte[] {'a', (byte) 0xff});
    withFile()
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("must be UTF-8 text, but holds bytes that aren't"));
  }

  @Test
  void stopTheStartWhereTheDatabaseHoldsOneThatCannotBeRead() {
    baton.run(context -> {
      var database = context.getBean(JdbcClient.class);
      database
          .sql(
              "insert into policy_version values"
                  + " ('young', 1, 'kind: Policy', 'frank', 'PERSON', 'by a younger Baton', now())")
          .update();
      database.sql("update policy_gate set revision = revision + 1").update();
    });
    baton.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("version 1 of policy young in the database"));
  }

  private ApplicationContextRunner withFile() {
    return withLocation(file.toUri().toString());
  }

  private ApplicationContextRunner withLocation(String location) {
    return baton.withPropertyValues("baton.policy.location=" + location);
  }

  private static List<String> inForce(ApplicationContext context) {
    assertThat(context.getBean(Policies.class)).isInstanceOf(StoredPolicies.class);
    return context.getBean(PolicyTable.class).inForce().versions().stream()
        .map(key -> key.name() + " " + key.version())
        .toList();
  }

  private static List<String> types(ApplicationContext context) {
    assertThat(context.getBean(AuditLog.class)).isNotNull();
    return context
        .getBean(JdbcClient.class)
        .sql("select type from audit_entry order by position")
        .query(String.class)
        .list();
  }

  private static String document(String name, String rules) {
    return Stream.of(
            "apiVersion: baton/v1",
            "kind: Policy",
            "metadata: {name: %s}".formatted(name),
            "rules:",
            "  " + rules)
        .reduce("", (text, line) -> text + line + "\n");
  }

  private static String analysis(Throwable failure) {
    // Boot's own analyzers want a bean factory in their constructors; they aren't asked here.
    var analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, FailureHandler.handleMessage((_, _) -> {}))
            .stream()
            .filter(InvalidPolicyFailureAnalyzer.class::isInstance)
            .toList();
    assertThat(analyzers).hasSize(1);
    var analysis = analyzers.getFirst().analyze(failure);
    assertThat(analysis).isNotNull();
    return analysis.getDescription() + analysis.getAction();
  }
}
