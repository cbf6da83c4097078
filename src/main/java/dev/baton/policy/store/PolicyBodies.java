package dev.baton.policy.store;

import dev.baton.policy.PolicyDocument;
import dev.baton.problem.BodyAllowance;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

/** What requests about policies may send: documents are larger than other bodies, and are YAML. */
@Configuration(proxyBeanMethods = false)
class PolicyBodies {
  /** RFC 9512. */
  static final MediaType YAML = new MediaType("application", "yaml");

  /** One byte more, so that a document that is too large is refused as a document. */
  @Bean
  BodyAllowance policyDocuments() {
    return new BodyAllowance(
        "/v1/policies/{name}",
        Set.of("PUT"),
        Set.of(MediaType.APPLICATION_JSON, YAML),
        PolicyDocument.MOST_BYTES + 1);
  }

  /** A document within JSON, where a character may take two. */
  @Bean
  BodyAllowance triedPolicyDocuments() {
    return new BodyAllowance(
        "/v1/policies/**",
        Set.of("POST"),
        Set.of(MediaType.APPLICATION_JSON),
        2 * PolicyDocument.MOST_BYTES + 64 * 1024);
  }
}
