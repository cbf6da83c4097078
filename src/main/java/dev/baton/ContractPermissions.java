package dev.baton;

import dev.baton.security.EndpointPermissions;
import io.swagger.v3.oas.models.OpenAPI;

/** Says in the contract which permission each operation demands, as the access rules have it. */
final class ContractPermissions {
  private static final String EXTENSION = "x-permission";

  private ContractPermissions() {}

  static void addTo(OpenAPI contract) {
    contract
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) ->
                    EndpointPermissions.of(method.name(), path)
                        .ifPresent(it -> operation.addExtension(EXTENSION, it.scope()))));
  }
}
