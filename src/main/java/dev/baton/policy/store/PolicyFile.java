package dev.baton.policy.store;

import dev.baton.policy.InvalidPolicyException;
import dev.baton.policy.PolicyDocument;
import dev.baton.policy.document.DocumentError;
import dev.baton.policy.document.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.Resource;

/** A file that holds a policy document. */
record PolicyFile(Resource location) {
  private static final int MOST_BYTES = PolicyDocument.MOST_BYTES;

  /** Where it is, for a message. */
  String origin() {
    return location.getDescription();
  }

  String text() {
    try (var stream = location.getInputStream()) {
      var bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw refused("must have at most %d bytes (256 KiB), but has more".formatted(MOST_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw refused("must be UTF-8 text, but holds bytes that aren't");
    } catch (IOException unreadable) {
      throw refused(
          "must be readable, but is not: %s; baton.policy.location says where it is"
              .formatted(unreadable.getMessage()));
    }
  }

  private InvalidPolicyException refused(String message) {
    return new InvalidPolicyException(
        origin(), List.of(new DocumentError(Place.DOCUMENT, message)));
  }
}
