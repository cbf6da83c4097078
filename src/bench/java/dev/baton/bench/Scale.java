package dev.baton.bench;

import java.time.Duration;
import java.util.List;

/** How much is measured: all of it, or as little as shows that nothing became twice as slow. */
enum Scale {
  FULL,
  SMOKE;

  int of(int full, int smoke) {
    return this == FULL ? full : smoke;
  }

  Duration of(Duration full, Duration smoke) {
    return this == FULL ? full : smoke;
  }

  /** In a short run without the second compiler, which takes a minute to come to rest. */
  List<String> javaOptions() {
    return this == FULL ? List.of("-Xmx512m") : List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
  }
}
