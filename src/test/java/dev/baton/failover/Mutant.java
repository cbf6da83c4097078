package dev.baton.failover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Baton with a promise broken on purpose: a few lines of its source replaced, compiled anew, and
 * run through the same schedules.
 *
 * @param name which promise is broken, and how
 * @param changes what is changed in the source
 */
record Mutant(String name, List<Change> changes) {

  /**
   * A replacement in one file.
   *
   * @param file its path below {@code src}
   * @param original a piece of it that occurs exactly once; white space counts as one blank
   */
  record Change(String file, String original, String replacement) {

    private String appliedTo(String source) {
      var pattern =
          Pattern.compile(
              Arrays.stream(original.strip().split("\\s+"))
                  .map(Pattern::quote)
                  .collect(Collectors.joining("\\s+")));
      var matcher = pattern.matcher(source);
      if (matcher.results().count() != 1) {
        throw new IllegalStateException(
            "%s must contain exactly once: %s".formatted(file, original));
      }
      return matcher.reset().replaceFirst(Matcher.quoteReplacement(replacement));
    }
  }

  static Mutant of(String name, Change... changes) {
    return new Mutant(name, List.of(changes));
  }

  /** Runs schedules until one breaks; says after how many, and what was seen. */
  Optional<String> firstFailure(long most) throws ReflectiveOperationException {
    var schedules =
        Class.forName("dev.baton.failover.Schedules", true, new Loader(compiled()))
            .getDeclaredMethod("firstFailure", long.class);
    schedules.setAccessible(true);
    return ((Optional<?>) schedules.invoke(null, most)).map(String.class::cast);
  }

  private Map<String, byte[]> compiled() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var sources = new ArrayList<JavaFileObject>();
    changed().forEach((file, text) -> sources.add(new Source(file, text)));
    var messages = new StringWriter();
    try (var files = new Classes(compiler.getStandardFileManager(null, null, null))) {
      var task =
          compiler.getTask(
              messages,
              files,
              null,
              List.of("-cp", classPath, "-proc:none", "-parameters", "-nowarn"),
              null,
              sources);
      if (!task.call()) {
        throw new IllegalStateException("the mutant doesn't compile: " + messages);
      }
      return files.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files that are changed, as they are then. */
  private Map<String, String> changed() {
    var texts = new HashMap<String, String>();
    for (var change : changes) {
      texts.put(
          change.file(), change.appliedTo(texts.computeIfAbsent(change.file(), Mutant::read)));
    }
    return texts;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("src").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(String file, String text) {
      super(URI.create("string:///" + file.replaceFirst("^(main|test)/java/", "")), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Classes extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    private Classes(StandardJavaFileManager standard) {
      super(standard);
    }

    private Map<String, byte[]> bytes() {
      var bytes = new HashMap<String, byte[]>();
      written.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
      return bytes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      var stream = new ByteArrayOutputStream();
      written.put(name, stream);
      return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return stream;
        }
      };
    }
  }

  /** Loads all of Baton anew, so that what is changed meets its own kind. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> changed;

    private Loader(Map<String, byte[]> changed) {
      super(Mutant.class.getClassLoader());
      this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.baton.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      var bytes = changed.get(name);
      if (bytes == null) {
        try (var original = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
          if (original == null) {
            throw new ClassNotFoundException(name);
          }
          bytes = original.readAllBytes();
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
