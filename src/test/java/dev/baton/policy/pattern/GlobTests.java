package dev.baton.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTests {

  @ParameterizedTest
  @CsvSource({
    "*, ldgnf-sessions",
    "*, ''",
    "ldgnf-sessions, ldgnf-sessions",
    "ldgnf-*, ldgnf-",
    "ldgnf-*, ldgnf-sessions",
    "*-sessions, ldgnf-sessions",
    "l*-s*s, ldgnf-sessions",
    "ldgn?-sessions, ldgnf-sessions",
    "*ab, aab",
    "*a?, xaxab",
    "**, x"
  })
  void matches(String glob, String text) {
    assertThat(new Glob(glob).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ldgnf-sessions, ldgnf-session",
    "ldgnf-session, ldgnf-sessions",
    "LDGNF-*, ldgnf-sessions",
    "ldgnf-?, ldgnf-",
    "?, ab",
    "*a, ab",
    "a*, ba",
    "a.c, abc",
    "'', a"
  })
  void doesNotMatch(String glob, String text) {
    assertThat(new Glob(glob).matches(text)).isFalse();
  }

  @Test
  void staysQuickWhateverThePattern() {
    var glob = new Glob("*a".repeat(120) + "b");
    var text = "a".repeat(100_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(glob.matches(text)).isFalse());
  }
}
