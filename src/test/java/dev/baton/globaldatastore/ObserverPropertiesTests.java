package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObserverPropertiesTests {

  @ParameterizedTest
  @CsvSource({"30, 15, 70", "10, 15, 40", "1, 1, 12"})
  void takesNoRegionForSilentBetweenTwoLooksEvenIfOneOfThemFails(
      long idle, long slowest, long silence) {
    var properties =
        new ObserverProperties(
            Duration.ofSeconds(1), Duration.ofSeconds(idle), Duration.ofSeconds(slowest));

    assertThat(properties.silence()).isEqualTo(Duration.ofSeconds(silence));
  }
}
