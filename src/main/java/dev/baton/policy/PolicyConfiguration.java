package dev.baton.policy;

import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PolicyProperties.class)
class PolicyConfiguration {

  @Bean
  Policies policies(PolicyProperties properties) {
    return new PolicySet(List.of(new PolicyFile(properties.location()).load()));
  }
}
