package dev.baton.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorApplicationTests {

  @Test
  void listensOnLoopbackWithoutSettings() {
    assertThat(SimulatorApplication.settings(Map.of()))
        .isEqualTo(SimulatorSettings.local().listeningOn("127.0.0.1", 8081));
  }

  @Test
  void readsItsSettingsFromTheEnvironment() {
    SimulatorSettings settings =
        SimulatorApplication.settings(
            Map.of(
                "BATON_SIMULATOR_ADDRESS", "0.0.0.0",
                "BATON_SIMULATOR_PORT", "9000",
                "BATON_SIMULATOR_HOST_NAMES", "simulator, Other",
                "BATON_SIMULATOR_PROMOTION_TIME", "PT90S",
                "BATON_SIMULATOR_FLIP_ORDER", "STATUS_FIRST",
                "BATON_SIMULATOR_DISASSOCIATES_WHILE_PROMOTING", "true"));

    assertThat(settings.address()).isEqualTo("0.0.0.0");
    assertThat(settings.port()).isEqualTo(9000);
    assertThat(settings.hostNames()).containsExactlyInAnyOrder("simulator", "other");
    assertThat(settings.promotionPlan().duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.promotionPlan().flipOrder()).isEqualTo(FlipOrder.STATUS_FIRST);
    assertThat(settings.disassociatesWhilePromoting()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, eighty",
    "PORT, 70000",
    "PROMOTION_TIME, 4s",
    "PROMOTION_TIME, PT-1S",
    "FLIP_ORDER, LAST",
    "ACCOUNT_ID, 12",
    "PROMOTION_ENDING, LOST",
    "REGION_PORTS, us-east-1",
    "REGION_PORTS, virginia=8091",
    "DISASSOCIATES_WHILE_PROMOTING, yes"
  })
  void namesTheSettingItCannotRead(String name, String value) {
    assertThatThrownBy(
            () -> SimulatorApplication.settings(Map.of("BATON_SIMULATOR_" + name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(value);
  }

  @Test
  void givesRegionsPortsOfTheirOwn() {
    var settings =
        SimulatorApplication.settings(
            Map.of("BATON_SIMULATOR_REGION_PORTS", "us-east-1=8091, us-west-2=8092"));

    assertThat(settings.regionPorts()).isEqualTo(Map.of("us-east-1", 8091, "us-west-2", 8092));
  }

  @Test
  void carriesOutControlRequestsWhenItStarts(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("setup.json");
    Files.writeString(
        file,
        """
        [{"request": "POST regions", "body": {"region": "us-east-1", "darkness": "SILENT"}},
         {"request": "POST faults", "body": {"kind": "THROTTLE", "always": true}}]
        """);
    Map<String, String> environment =
        Map.of(
            "BATON_SIMULATOR_PORT", "0",
            "BATON_SIMULATOR_SETUP_FILE", file.toString(),
            "BATON_SIMULATOR_SETUP",
                "[{\"request\": \"POST promotion-plan\", \"body\": {\"ending\": \"STUCK\"}}]");

    try (Simulator simulator = SimulatorApplication.start(environment)) {
      assertThat(simulator.datastores()).hasSize(4);
      assertThat(simulator.unusualRegions()).containsOnlyKeys("us-east-1");
      assertThat(simulator.faults()).containsExactly(Injection.of(Fault.throttle()).always());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"request\": \"POST faults\", \"body\": {\"kind\": \"BANG\"}}] | 'POST faults': 'kind' is 'BANG'",
        "[{\"request\": \"GET lost\"}] | 'GET lost': There is GET health",
        "[null] | There is GET health",
        "{} | BATON_SIMULATOR_SETUP can't be carried out",
        "null | BATON_SIMULATOR_SETUP can't be carried out"
      })
  void refusesToStartOnWhatItCannotCarryOut(String setup, String said) {
    assertThatThrownBy(() ->
            SimulatorApplication.start(
                Map.of("BATON_SIMULATOR_PORT", "0", "BATON_SIMULATOR_SETUP", setup)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void saysWhatItServesAndHowToTryIt() {
    try (Simulator simulator = Simulator.start(SimulatorSettings.local())) {
      simulator.addAll(DemoDatastores.all());

      assertThat(SimulatorApplication.greeting(simulator))
          .contains(
              "gxeiz-catalog, ldgnf-carts, ldgnf-sessions, sgaui-profiles",
              "--endpoint-url " + simulator.endpoint());
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    try (Simulator first = Simulator.start(SimulatorSettings.local())) {
      int port = first.endpoint().getPort();

      assertThatThrownBy(
              () -> Simulator.start(SimulatorSettings.local().listeningOn("127.0.0.1", port)))
          .hasMessageContaining("port " + port);
    }
  }
}
