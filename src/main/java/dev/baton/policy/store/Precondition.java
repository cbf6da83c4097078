package dev.baton.policy.store;

import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Which version a change was made from (RFC 9110, 13.1): whoever changes a policy must have seen
 * the one that is changed.
 *
 * @param ifMatch the entity tags of If-Match, one of which must be the present one's
 * @param ifNoneMatch the entity tags of If-None-Match, none of which may be the present one's
 */
record Precondition(List<String> ifMatch, List<String> ifNoneMatch) {
  private static final String ANY = "*";

  static Precondition of(HttpServletRequest request) {
    return new Precondition(
        tags(request, HttpHeaders.IF_MATCH), tags(request, HttpHeaders.IF_NONE_MATCH));
  }

  private static List<String> tags(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header)).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /**
   * Refuses the change unless it is one of what is there.
   *
   * @param present the policy as it stands; empty if there is none of this name
   */
  void check(String name, Optional<PolicyVersion> present) {
    if (!ifMatch.isEmpty() && present.filter(it -> matches(ifMatch, it)).isEmpty()) {
      throw failed(name, present, "If-Match", ifMatch);
    }
    if (present.filter(it -> matches(ifNoneMatch, it)).isPresent()) {
      throw failed(name, present, "If-None-Match", ifNoneMatch);
    }
    if (ifMatch.isEmpty() && present.isPresent()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "Policy %s exists, as version %d. To change it, send If-Match: %s."
              .formatted(name, present.get().version(), present.get().eTag()));
    }
  }

  private static boolean matches(List<String> tags, PolicyVersion present) {
    return tags.contains(ANY) || tags.contains(present.eTag());
  }

  private static ProblemException failed(
      String name, Optional<PolicyVersion> present, String header, List<String> tags) {
    return new ProblemException(
        ProblemType.POLICY_CHANGED,
        "%s is %s, but %s."
            .formatted(
                header,
                String.join(", ", tags)
                    .substring(0, Math.min(100, String.join(", ", tags).length())),
                present
                    .map(it ->
                        "policy %s is version %d, %s".formatted(name, it.version(), it.eTag()))
                    .orElse("there is no policy " + name)));
  }
}
