package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The application as the image has it: the built jar, laid out by Boot's tools.
 *
 * @param jar the jar as it was built
 * @param directory where it is laid out
 */
record Application(Path jar, Path directory) {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final String BESIDE = "beside.jar";
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
    // Alone in a jar: nothing else of the tests is to be seen by what is measured.
    try (var compiled = Application.class.getClassLoader().getResourceAsStream(CONSTANT);
        var beside = new JarOutputStream(Files.newOutputStream(directory.resolve(BESIDE)))) {
      // Spring looks for classes in directories that the jar lists.
      for (int slash = CONSTANT.indexOf('/'); slash > 0; slash = CONSTANT.indexOf('/', slash + 1)) {
        beside.putNextEntry(new JarEntry(CONSTANT.substring(0, slash + 1)));
      }
      beside.putNextEntry(new JarEntry(CONSTANT));
      compiled.transferTo(beside);
    }
    return new Application(jar, directory);
  }

  /** How the jar is started as it was built. */
  List<String> plainCommand() {
    return List.of(JAVA.toString(), "-jar", jar.toString());
  }

  /** How an instance is started, with the constant endpoint beside the application. */
  List<String> command(List<String> javaOptions) {
    var command = new ArrayList<String>();
    command.add(JAVA.toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add("%s:%s".formatted(directory.resolve("app/baton.jar"), directory.resolve(BESIDE)));
    command.add("dev.baton.BatonApplication");
    return command;
  }
}
