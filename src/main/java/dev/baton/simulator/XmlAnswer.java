package dev.baton.simulator;

import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the envelopes of the Query API and the elements in them. */
final class XmlAnswer {

  private static final String NAMESPACE =
      "http://elasticache.amazonaws.com/doc/" + QueryRequest.VERSION + "/";

  private final XMLStreamWriter writer;

  private XmlAnswer(XMLStreamWriter writer) {
    this.writer = writer;
  }

  static String result(String action, String requestId, Consumer<XmlAnswer> content) {
    return document(
        action + "Response",
        root -> {
          root.element(action + "Result", content);
          root.element("ResponseMetadata", metadata -> metadata.text("RequestId", requestId));
        });
  }

  static String error(QueryError error, String requestId) {
    return document(
        "ErrorResponse",
        root -> {
          root.element(
              "Error",
              child ->
                  child
                      .text("Type", error.type())
                      .text("Code", error.code())
                      .text("Message", error.message()));
          root.text("RequestId", requestId);
        });
  }

  XmlAnswer element(String name, Consumer<XmlAnswer> content) {
    return write(() -> {
      writer.writeStartElement(name);
      content.accept(this);
      writer.writeEndElement();
    });
  }

  XmlAnswer text(String name, String value) {
    return element(name, self -> self.characters(value));
  }

  void characters(String value) {
    write(() -> writer.writeCharacters(value));
  }

  XmlAnswer flag(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  <T> XmlAnswer list(String name, String itemName, List<T> items, Consumer<T> content) {
    return element(
        name, self -> items.forEach(item -> self.element(itemName, child -> content.accept(item))));
  }

  private static String document(String root, Consumer<XmlAnswer> content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      writer.writeStartDocument("UTF-8", "1.0");
      writer.writeStartElement(root);
      writer.writeDefaultNamespace(NAMESPACE);
      content.accept(new XmlAnswer(writer));
      writer.writeEndElement();
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("An XML answer could not be written.", e);
    }
    return text.toString();
  }

  private XmlAnswer write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException("An XML answer could not be written.", e);
    }
  }

  private interface Writing {
    void run() throws XMLStreamException;
  }
}
