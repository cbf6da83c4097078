package dev.baton.policy.store;

import dev.baton.policy.InvalidPolicyException;
import dev.baton.policy.document.DocumentError;
import dev.baton.policy.document.Place;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.validation.annotation.Validated;

/**
 * Which policies are in force until somebody changes them.
 *
 * @param location Where the documents of the first start are, such as file:/etc/baton/policy.yaml
 *     or file:/etc/baton/policies/*.yaml. Later starts don't read them: then they are in the
 *     database.
 */
@Validated
@ConfigurationProperties("baton.policy")
record PolicyProperties(@DefaultValue("classpath:policy.yaml") List<String> location) {

  PolicyProperties {
    location = List.copyOf(location);
  }

  /** The files that the location names, by their names. */
  List<PolicyFile> files() {
    return location.stream().flatMap(PolicyProperties::files).toList();
  }

  private static Stream<PolicyFile> files(String pattern) {
    try {
      var found = new PathMatchingResourcePatternResolver().getResources(pattern);
      if (found.length > 0) {
        return Arrays.stream(found).map(PolicyFile::new);
      }
    } catch (IOException unreadable) {
      throw refused(pattern, "can't be looked through: %s".formatted(unreadable.getMessage()));
    }
    throw refused(pattern, "names no file");
  }

  private static InvalidPolicyException refused(String pattern, String what) {
    return new InvalidPolicyException(
        pattern,
        List.of(
            new DocumentError(
                Place.DOCUMENT,
                "must be readable, but %s; baton.policy.location says where it is"
                    .formatted(what))));
  }
}
