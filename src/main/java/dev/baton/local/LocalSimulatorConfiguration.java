package dev.baton.local;

import dev.baton.globaldatastore.AwsEndpoint;
import dev.baton.simulator.DemoDatastores;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The local profile's AWS, unless {@code BATON_AWS_ENDPOINT} names another. */
@Configuration(proxyBeanMethods = false)
@Profile("local")
@Conditional(LocalSimulatorConfiguration.NoEndpointNamed.class)
class LocalSimulatorConfiguration {

  static class NoEndpointNamed extends NoneNestedConditions {
    NoEndpointNamed() {
      super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnProperty("baton.aws.endpoint")
    static class EndpointNamed {}
  }

  @Bean
  Simulator simulator(@Value("${baton.simulator.port:8081}") int port) {
    var simulator = Simulator.start(SimulatorSettings.local().listeningOn("127.0.0.1", port));
    simulator.addAll(DemoDatastores.all());
    return simulator;
  }

  @Bean
  AwsEndpoint simulatorEndpoint(Simulator simulator) {
    return new AwsEndpoint(simulator.endpoint());
  }
}
