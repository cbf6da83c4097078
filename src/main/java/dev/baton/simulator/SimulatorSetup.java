package dev.baton.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Control requests that are carried out when the simulator starts alone, so that whatever can be
 * asked of it can be configured too. BATON_SIMULATOR_SETUP holds a JSON list such as {@code
 * [{"request": "POST regions", "body": {"region": "us-east-1", "darkness": "SILENT"}}]};
 * BATON_SIMULATOR_SETUP_FILE names a file that holds one.
 */
final class SimulatorSetup {

  private static final String INLINE = "BATON_SIMULATOR_SETUP";
  private static final String FILE = "BATON_SIMULATOR_SETUP_FILE";

  private final Control control;

  SimulatorSetup(Control control) {
    this.control = control;
  }

  private record Step(@Nullable String request, @Nullable JsonNode body) {

    private static final Step NONE = new Step(null, null);
  }

  void carryOut(Map<String, String> environment) {
    String file = environment.getOrDefault(FILE, "").strip();
    if (!file.isEmpty()) {
      carryOut(FILE, contentsOf(file));
    }
    String inline = environment.getOrDefault(INLINE, "").strip();
    if (!inline.isEmpty()) {
      carryOut(INLINE, inline);
    }
  }

  private void carryOut(String name, String list) {
    try {
      for (Step step : ControlJson.read(list.getBytes(StandardCharsets.UTF_8), Step[].class)) {
        carryOut(Optional.ofNullable(step).orElse(Step.NONE));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s can't be carried out. %s".formatted(name, e.getMessage()), e);
    }
  }

  private void carryOut(Step step) {
    String request = Optional.ofNullable(step.request()).orElse("");
    byte[] body =
        step.body() == null ? new byte[0] : ControlJson.MAPPER.writeValueAsBytes(step.body());
    try {
      if (control.answer(request, body).isEmpty()) {
        throw new IllegalArgumentException("There is " + Control.REQUESTS + ".");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s': %s".formatted(request, e.getMessage()), e);
    }
  }

  private static String contentsOf(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s is '%s', which can't be read.".formatted(FILE, file), e);
    }
  }
}
