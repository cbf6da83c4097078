package dev.baton.policy.document;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds nodes from YAML's events: those of the parser below Jackson's, which hides the anchors of
 * single values and knows no paths.
 */
public final class YamlNodes {
  private static final int DEEPEST = 20;

  private final DocumentErrors errors;
  private final Iterator<Event> events;

  private YamlNodes(Iterator<Event> events, DocumentErrors errors) {
    this.events = events;
    this.errors = errors;
  }

  /** The text's only document; empty if the text isn't one, which {@code errors} then tells. */
  public static Optional<Node> read(String text, DocumentErrors errors) {
    var events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    try {
      return new YamlNodes(events, errors).onlyDocument();
    } catch (MarkedYamlEngineException broken) {
      var line = line(broken.getProblemMark());
      errors.add(new Place("", line), "must be YAML, but can't be read: " + broken.getProblem());
    } catch (YamlEngineException broken) {
      errors.add(Place.DOCUMENT, "must be YAML, but can't be read: " + broken.getMessage());
    }
    return Optional.empty();
  }

  private Optional<Node> onlyDocument() {
    Optional<Node> document = Optional.empty();
    while (events.hasNext()) {
      var event = events.next();
      if (event instanceof NodeEvent start) {
        if (document.isPresent()) {
          errors.add(
              new Place("", line(event.getStartMark())),
              "must be one document, but another one begins here behind ---");
          return Optional.empty();
        }
        document = Optional.of(node(start, Place.DOCUMENT, 0));
      }
    }
    if (document.isEmpty()) {
      errors.add(Place.DOCUMENT, "must hold a policy, but is empty");
    }
    return document;
  }

  private Node node(NodeEvent event, Place place, int depth) {
    if (depth > DEEPEST) {
      throw new YamlEngineException("it is nested more than %d levels deep".formatted(DEEPEST));
    }
    if (event instanceof AliasEvent alias) {
      errors.add(
          place,
          "must be written out, but is the alias *%s; anchors and aliases are not allowed"
              .formatted(Quoted.shortened(alias.getAlias().getValue())));
      return new Node.Refused(place);
    }
    refuseDecorations(event, place);
    return switch (event) {
      case ScalarEvent scalar -> new Node.Scalar(place, scalar.getValue(), !scalar.isPlain());
      case MappingStartEvent _ -> fields(place, depth);
      default -> items(place, depth);
    };
  }

  private void refuseDecorations(NodeEvent event, Place place) {
    event
        .getAnchor()
        .ifPresent(anchor ->
            errors.add(
                place,
                "must be plain, but has the anchor &%s; anchors and aliases are not allowed"
                    .formatted(Quoted.shortened(anchor.getValue()))));
    tag(event)
        .ifPresent(tag ->
            errors.add(
                place,
                "must be plain, but has the tag %s; tags are not allowed"
                    .formatted(Quoted.shortened(tag))));
  }

  private static Optional<String> tag(NodeEvent event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent collection -> collection.getTag();
      default -> Optional.empty();
    };
  }

  private Node items(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    while (events.next() instanceof NodeEvent item) {
      items.add(node(item, place.item(items.size(), line(item.getStartMark())), depth + 1));
    }
    return new Node.Items(place, items);
  }

  private Node fields(Place place, int depth) {
    Map<String, Node> fields = new LinkedHashMap<>();
    while (events.next() instanceof NodeEvent start) {
      var line = line(start.getStartMark());
      var key = node(start, place.field("(key)", line), depth + 1);
      var at = key instanceof Node.Scalar name ? place.field(name.text(), line) : key.place();
      var value = node((NodeEvent) events.next(), at, depth + 1);
      switch (key) {
        case Node.Scalar name -> put(fields, name.text(), value);
        case Node.Refused _ -> {}
        case Node.Items _, Node.Fields _ ->
            errors.add(at, "must be a field's name, but is %s".formatted(key.kind()));
      }
    }
    return new Node.Fields(place, fields);
  }

  private void put(Map<String, Node> fields, String name, Node value) {
    var earlier = fields.putIfAbsent(name, value);
    if (earlier != null) {
      errors.add(
          value.place(),
          "must stand here once, but stands in line %d already; remove one of them"
              .formatted(earlier.place().line()));
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }
}
