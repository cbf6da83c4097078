package dev.baton.globaldatastore.aws;

import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheResponse;

/** AWS's id of a request, for its support to find it by. */
final class RequestId {
  private static final String SDK_FOUND_NONE = "UNKNOWN";

  private RequestId() {}

  static Optional<String> of(ElastiCacheResponse answer) {
    return Optional.ofNullable(answer.responseMetadata().requestId())
        .filter(id -> !id.equals(SDK_FOUND_NONE));
  }
}
