package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The application as the image has it: the built jar, laid out by Boot's tools.
 *
 * @param directory where it is
 */
record Application(Path directory) {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final String CONSTANT = "dev/baton/bench/constant/ConstantController.class";

  /** Lays it out anew. */
  static Application layOut(Path jar, Path directory) throws IOException, InterruptedException {
    var tools =
        List.of(
            JAVA.toString(),
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--force",
            "--destination",
            directory.resolve("app").toString());
    Programs.run(tools);
    // Alone in a directory: nothing else of the tests is to be seen by what is measured.
    var beside = directory.resolve("beside").resolve(CONSTANT);
    Files.createDirectories(beside.getParent());
    try (var compiled = Application.class.getClassLoader().getResourceAsStream(CONSTANT)) {
      Files.write(beside, compiled.readAllBytes());
    }
    return new Application(directory);
  }

  /** How an instance is started, with the constant endpoint beside the application. */
  List<String> command(List<String> javaOptions) {
    var command = new ArrayList<String>();
    command.add(JAVA.toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add("%s:%s".formatted(directory.resolve("app/baton.jar"), directory.resolve("beside")));
    command.add("dev.baton.BatonApplication");
    return command;
  }
}
