package dev.baton;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Baton. */
@SpringBootApplication
public class BatonApplication {

  static void main(String[] args) {
    SpringApplication.run(BatonApplication.class, args);
  }
}
