package dev.baton.policy;

import dev.baton.policy.document.DocumentError;
import dev.baton.policy.document.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.Resource;

/** Loads a policy document from where it is kept. */
record PolicyFile(Resource location) {
  private static final int MOST_BYTES = PolicyDocumentReader.MOST_BYTES;

  PolicyDocument load() {
    return PolicyDocumentReader.read(text(), location.getDescription());
  }

  private String text() {
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
        location.getDescription(), List.of(new DocumentError(Place.DOCUMENT, message)));
  }
}
