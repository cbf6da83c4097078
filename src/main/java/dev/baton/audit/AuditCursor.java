package dev.baton.audit;

import dev.baton.problem.PageCursor;

/**
 * Where a reader across streams stands: after this entry.
 *
 * @param transaction PostgreSQL's 64-bit transaction id
 */
record AuditCursor(long transaction, long position) {
  private static final String LIST = "audit";

  String text() {
    return PageCursor.text(LIST, transaction, position);
  }

  static AuditCursor parse(String text) {
    return PageCursor.parse(
        text,
        LIST,
        2,
        parts -> new AuditCursor(Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1))));
  }
}
