package dev.baton.policy.store;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schema of a policy, for editors: so it is open to everybody. */
@Hidden
@RestController
class PolicySchemaController {
  private static final Resource SCHEMA =
      new ClassPathResource("dev/baton/policy/policy.schema.json");

  @GetMapping(path = "/schemas/policy.json", produces = "application/schema+json")
  Resource schema() {
    return SCHEMA;
  }
}
