package dev.baton;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one source of time. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

  /** In whole microseconds, as PostgreSQL keeps them: an instant is the same before and after. */
  @Bean
  InstantSource clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  }
}
