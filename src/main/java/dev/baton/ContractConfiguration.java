package dev.baton;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the HTTP contract says of every operation alike. */
@Configuration(proxyBeanMethods = false)
class ContractConfiguration {
  private static final String BASIC = "basic";
  private static final String BEARER = "bearer";

  @Bean
  ContractModels contractModels() {
    return new ContractModels();
  }

  @Bean
  OpenApiCustomizer contract() {
    return contract -> {
      describe(contract);
      ContractProblems.addTo(contract);
      ContractPermissions.addTo(contract);
      ContractDescriptions.addTo(contract);
    };
  }

  private static void describe(OpenAPI contract) {
    contract
        .info(
            new Info()
                .title("Baton")
                .version("1")
                .description(
                    "Passes the primary role of an Amazon ElastiCache Global Datastore from one"
                        + " Region to another: checked against policy, recorded before it acts,"
                        + " carried out once, watched until it is over. Unknown fields and"
                        + " parameters are refused. Instants are ISO-8601 in UTC. Answers may get"
                        + " further fields, and their enumerations further values, without notice:"
                        + " take a value that you don't know for one that you don't act on.")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        // Relative: the contract is the same wherever the service runs.
        .servers(List.of(new Server().url("/")))
        .security(
            List.of(
                new SecurityRequirement().addList(BASIC),
                new SecurityRequirement().addList(BEARER)));
    if (contract.getComponents() == null) {
      contract.components(new Components());
    }
    contract
        .getComponents()
        .addSecuritySchemes(
            BASIC,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description("Demo users, in the profile local only."))
        .addSecuritySchemes(
            BEARER,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("A token of the identity provider."));
  }
}
