package dev.baton.security;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Baton is reached.
 *
 * @param hosts the names, without port, that callers use for this service; a request with another
 *     Host header is refused
 */
@ConfigurationProperties("baton.http")
record HttpSettings(@DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> hosts) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

  HttpSettings {
    hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("baton.http.hosts must name at least one host");
    }
    for (var host : hosts) {
      if (!NAME.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "baton.http.hosts must list names without port, such as baton.example.com, but has '%s'"
                .formatted(host));
      }
    }
  }
}
