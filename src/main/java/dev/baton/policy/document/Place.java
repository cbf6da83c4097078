package dev.baton.policy.document;

/**
 * Where something stands in a document.
 *
 * @param path its path, such as {@code rules[0].coolDown}; empty for the document itself
 * @param line its line, from 1
 */
public record Place(String path, int line) {
  public static final Place DOCUMENT = new Place("", 1);

  Place field(String name, int atLine) {
    var shown = Quoted.shortened(name);
    return new Place(path.isEmpty() ? shown : path + "." + shown, atLine);
  }

  Place item(int index, int atLine) {
    return new Place("%s[%d]".formatted(path, index), atLine);
  }

  @Override
  public String toString() {
    return "%s (line %d)".formatted(path.isEmpty() ? "the document" : path, line);
  }
}
