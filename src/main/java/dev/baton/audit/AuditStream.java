package dev.baton.audit;

import java.util.regex.Pattern;

/**
 * The name of a chain of entries, such as {@code failover/0199…}: a kind and what it is about. Each
 * stream is a chain of its own, so streams never wait for one another.
 */
public record AuditStream(String name) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z-]*/[A-Za-z0-9._/-]{1,400}");

  public AuditStream {
    if (!SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be a stream's name, such as failover/{id}, of at most 400 characters");
    }
  }

  public static AuditStream of(String kind, Object subject) {
    return new AuditStream(kind + "/" + subject);
  }

  @Override
  public String toString() {
    return name;
  }
}
