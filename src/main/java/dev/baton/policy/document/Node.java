package dev.baton.policy.document;

import java.util.List;
import java.util.Map;

/** A value in a YAML document that knows where it stands. */
public sealed interface Node {

  Place place();

  String kind();

  /** A single value. Quoted ones are texts, whatever they look like. */
  record Scalar(Place place, String text, boolean isQuoted) implements Node {
    @Override
    public String kind() {
      return text.isEmpty() && !isQuoted ? "empty" : "'%s'".formatted(Quoted.shortened(text));
    }
  }

  /** A list. */
  record Items(Place place, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Named values, in the document's order. */
  record Fields(Place place, Map<String, Node> fields) implements Node {
    @Override
    public String kind() {
      return "a set of named fields";
    }
  }

  /** Something that has been reported as wrong already. */
  record Refused(Place place) implements Node {
    @Override
    public String kind() {
      return "refused";
    }
  }
}
