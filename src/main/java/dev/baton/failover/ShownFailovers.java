package dev.baton.failover;

import dev.baton.failover.FailoverVersions.Version;
import dev.baton.problem.ProblemException;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;
import tools.jackson.databind.json.JsonMapper;

/**
 * Failovers as the API shows them. What was written of a version is kept, and PostgreSQL is asked
 * each time which version there is: whatever instance changes a failover, the next answer shows it.
 */
@Component
class ShownFailovers {
  /** A few megabytes: each is a few kilobytes. */
  private static final int KEPT = 1_000;

  private final FailoverVersions versions;
  private final FailoverFinder finder;
  private final JsonMapper json;
  private final ConcurrentLruCache<Version, Shown> kept =
      new ConcurrentLruCache<>(KEPT, this::written);

  ShownFailovers(FailoverVersions versions, FailoverFinder finder, JsonMapper json) {
    this.versions = versions;
    this.finder = finder;
    this.json = json;
  }

  /** A version, and how it is shown. */
  static final class Shown {
    private final Version version;
    private final byte[] json;

    private Shown(Version version, byte[] json) {
      this.version = version;
      this.json = json;
    }

    Version version() {
      return version;
    }

    /** Not to be changed: it is shared. */
    byte[] json() {
      return json;
    }
  }

  /**
   * The version that there is now.
   *
   * @throws ProblemException if there is no such failover
   */
  Version version(String id) {
    return FailoverId.parse(id).flatMap(versions::of).orElseThrow(FailoverFinder::unknown);
  }

  /** How that version is shown, or a younger one if there is one by now. */
  Shown of(Version version) {
    return kept.get(version);
  }

  private Shown written(Version version) {
    var failover = finder.find(version.id().toString());
    return new Shown(Version.of(failover), json.writeValueAsBytes(FailoverView.of(failover)));
  }
}
