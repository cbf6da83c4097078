package dev.baton.audit;

import dev.baton.core.Sha256;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** SHA-256 of a JSON value in RFC 8785's canonical form: the same for the same value. */
public final class CanonicalHash {
  private CanonicalHash() {}

  /**
   * The hash in lower-case hexadecimal.
   *
   * @param json an object or an array
   * @throws IllegalArgumentException if RFC 8785 has no form for it, as for a number beyond IEEE
   *     754's doubles
   */
  public static String of(String json) {
    return Sha256.hex(canonical(json));
  }

  private static byte[] canonical(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
