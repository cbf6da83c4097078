package dev.baton.bench.constant;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that an endpoint can do behind the same security: it answers what is constant. It lies
 * where reading failovers is permitted, so that the same rule lets callers in.
 */
@RestController
class ConstantController {
  private static final String TAG = "\"constant\"";
  private static final String BODY = "{\"status\":\"CONSTANT\"}";

  @GetMapping(path = "/v1/failovers/constant/answer", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> answer(
      @RequestHeader(name = "If-None-Match", defaultValue = "") String known) {
    return known.equals(TAG)
        ? ResponseEntity.status(304).eTag(TAG).build()
        : ResponseEntity.ok().eTag(TAG).body(BODY);
  }
}
