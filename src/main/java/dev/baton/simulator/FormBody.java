package dev.baton.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a form body strictly: what a lenient parser would guess at is refused. */
final class FormBody {

  private FormBody() {}

  static Map<String, String> parse(byte[] body) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return Map.of();
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw malformed("'%s' is not of the form name=value".formatted(pair));
      }
      String name = decode(pair.substring(0, equals));
      if (parameters.put(name, decode(pair.substring(equals + 1))) != null) {
        throw malformed("'%s' stands there twice".formatted(name));
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int at = 0; at < encoded.length(); at++) {
      char next = encoded.charAt(at);
      if (next == '%') {
        bytes.put((byte) (hexDigit(encoded, at + 1) << 4 | hexDigit(encoded, at + 2)));
        at += 2;
      } else if (next > ' ' && next < 0x7f) {
        bytes.put((byte) (next == '+' ? ' ' : next));
      } else {
        throw malformed("'%s' has a character that must be escaped".formatted(encoded));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw malformed("'%s' is not UTF-8".formatted(encoded));
    }
  }

  private static int hexDigit(String encoded, int at) {
    int digit = at < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
    if (digit < 0) {
      throw malformed("'%s' has a broken escape".formatted(encoded));
    }
    return digit;
  }

  private static QueryError malformed(String why) {
    return new QueryError(400, "MalformedQueryString", "The form body is malformed: " + why + ".");
  }
}
