package dev.baton.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as a caller may make it.
 *
 * @param target path and query, encoded
 * @param body its bytes, if it has a body
 * @param flaws what is certainly wrong with it; none if it is certainly right
 */
record GeneratedRequest(
    ContractDocument.Operation operation,
    String target,
    Map<String, String> headers,
    Optional<byte[]> body,
    List<String> flaws) {

  GeneratedRequest {
    flaws = List.copyOf(flaws);
  }

  /** As somebody would repeat it by hand. */
  String asCurl() {
    var given =
        headers.entrySet().stream()
            .map(header -> "-H '%s: %s'".formatted(header.getKey(), header.getValue()))
            .collect(Collectors.joining(" "));
    var data =
        body.map(bytes ->
                " --data-binary $'%s'"
                    .formatted(escaped(new String(bytes, StandardCharsets.ISO_8859_1))))
            .orElse("");
    return "curl -i -X %s %s '$url%s'%s  # %s"
        .formatted(operation.method(), given, target, data, flaws);
  }

  private static String escaped(String latin) {
    var shown = latin.length() > 2_000 ? latin.substring(0, 2_000) + "…" : latin;
    return shown
        .chars()
        .mapToObj(it ->
            it >= 0x20 && it < 0x7F && it != '\'' && it != '\\'
                ? Character.toString(it)
                : "\\x%02x".formatted(it & 0xFF))
        .collect(Collectors.joining());
  }
}
