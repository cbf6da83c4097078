package dev.baton.policy.store;

import dev.baton.problem.EntityTags;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Which version a change was made from: whoever changes a policy must have seen the one that is
 * changed.
 *
 * @param ifMatch of which one must be the present one's
 * @param ifNoneMatch of which none may be
 */
record Precondition(EntityTags ifMatch, EntityTags ifNoneMatch) {

  static Precondition of(HttpServletRequest request) {
    return new Precondition(
        EntityTags.of(request, HttpHeaders.IF_MATCH),
        EntityTags.of(request, HttpHeaders.IF_NONE_MATCH));
  }

  /**
   * Refuses the change unless it is one of what is there.
   *
   * @param present the policy as it stands; empty if there is none of this name
   */
  void check(String name, Optional<PolicyVersion> present) {
    var eTag = present.map(PolicyVersion::eTag);
    if (!ifMatch.isEmpty() && eTag.filter(ifMatch::match).isEmpty()) {
      throw failed(name, present, HttpHeaders.IF_MATCH, ifMatch);
    }
    if (eTag.filter(ifNoneMatch::matchWeakly).isPresent()) {
      throw failed(name, present, HttpHeaders.IF_NONE_MATCH, ifNoneMatch);
    }
    if (ifMatch.isEmpty() && present.isPresent()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "Policy %s exists, as version %d. To change it, send If-Match: %s."
              .formatted(name, present.get().version(), present.get().eTag()));
    }
  }

  private static ProblemException failed(
      String name, Optional<PolicyVersion> present, String header, EntityTags given) {
    return new ProblemException(
        ProblemType.POLICY_CHANGED,
        "%s is %s, but %s."
            .formatted(
                header,
                given,
                present
                    .map(it ->
                        "policy %s is version %d, %s".formatted(name, it.version(), it.eTag()))
                    .orElse("there is no policy " + name)));
  }
}
