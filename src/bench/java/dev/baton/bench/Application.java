package dev.baton.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The application as the image has it: the built jar, laid out by Boot's tools, with the JVM's
 * ahead-of-time cache.
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
    var application = new Application(jar, directory);
    application.train();
    application.layConstantBeside();
    return application;
  }

  /** As the image's build does. */
  private void train() throws IOException, InterruptedException {
    var java = "JAVA_HOME=" + System.getProperty("java.home");
    Programs.run(List.of("env", java, "docker/train", in("app/baton.jar"), cache().toString()));
  }

  /** Alone in a jar: nothing else of the tests is to be seen by what is measured. */
  private void layConstantBeside() throws IOException {
    try (var compiled = Application.class.getClassLoader().getResourceAsStream(CONSTANT);
        var beside = new JarOutputStream(Files.newOutputStream(directory.resolve(BESIDE)))) {
      // Spring looks for classes in directories that the jar lists.
      for (int slash = CONSTANT.indexOf('/'); slash > 0; slash = CONSTANT.indexOf('/', slash + 1)) {
        beside.putNextEntry(new JarEntry(CONSTANT.substring(0, slash + 1)));
      }
      beside.putNextEntry(new JarEntry(CONSTANT));
      compiled.transferTo(beside);
    }
  }

  /** The JVM's cache. */
  Path cache() {
    return directory.resolve("app/baton.aot");
  }

  private String in(String path) {
    return directory.resolve(path).toString();
  }

  /** How the jar is started as it was built. */
  List<String> plainCommand() {
    return List.of(JAVA.toString(), "-jar", jar.toString());
  }

  /** How the image starts it, of what the Dockerfile says. */
  List<String> imageCommand() {
    var entry = words("ENTRYPOINT ");
    var command = new ArrayList<String>();
    command.add(JAVA.toString());
    entry.stream()
        .skip(1)
        .map(word -> word.replace("/app/", in("app") + "/"))
        .forEach(command::add);
    command.addAll(words("CMD "));
    return command;
  }

  private static List<String> words(String instruction) {
    try (var lines = Files.lines(Path.of("Dockerfile"))) {
      return lines
          .filter(line -> line.startsWith(instruction))
          .map(line ->
              List.of(Bed.JSON.readValue(line.substring(instruction.length()), String[].class)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with other options of the JVM, and the constant endpoint beside the application. */
  List<String> command(List<String> javaOptions) {
    var command = new ArrayList<>(imageCommand());
    command.addAll(1, javaOptions);
    var classPath = command.indexOf("-cp") + 1;
    command.set(classPath, command.get(classPath) + ":" + in(BESIDE));
    return command;
  }
}
