package dev.baton;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Baton. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BatonApplication {

  static void main(String[] args) {
    SpringApplication.run(BatonApplication.class, args);
  }
}
