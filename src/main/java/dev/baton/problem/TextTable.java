package dev.baton.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A page of a list for a terminal: aligned columns, for who accepts plain text. */
public final class TextTable {
  private static final String GAP = "  ";
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... columns) {
    rows.add(List.of(columns));
  }

  /** Whether the caller would rather have text than JSON; who accepts anything gets JSON. */
  public static boolean isWanted(HttpServletRequest request) {
    return AcceptHeader.prefers(TEXT, request);
  }

  /** One more row; what could move a terminal's cursor is shown escaped. */
  public void row(Object... cells) {
    var row = new ArrayList<String>();
    for (var cell : cells) {
      row.add(PlainText.shown(cell.toString()));
    }
    rows.add(List.copyOf(row));
  }

  /** The table, and how to get the next page if there is one. */
  public ResponseEntity<String> answer(Optional<String> nextCursor) {
    var text = new StringBuilder();
    rows.forEach(row -> line(row, text));
    if (rows.size() == 1) {
      text.append("(none)\n");
    }
    nextCursor.ifPresent(cursor -> text.append("more: ?cursor=").append(cursor).append('\n'));
    return ResponseEntity.ok().contentType(TEXT).body(text.toString());
  }

  private void line(List<String> row, StringBuilder text) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      var cell = row.get(column);
      line.append(Columns.padded(cell, width(column))).append(GAP);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> Columns.of(row.get(column))).max().orElse(0);
  }
}
