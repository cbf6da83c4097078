package dev.baton.policy;

import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PolicyProperties.class)
class PolicyConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyConfiguration.class);

  @Bean
  Policies policies(PolicyProperties properties, InstantSource clock) {
    var documents = List.of(new PolicyFile(properties.location()).load());
    PolicyWarnings.of(documents, clock.instant())
        .forEach(warning -> LOG.warn("{}: {}", properties.location(), warning.message()));
    return new PolicySet(documents);
  }
}
