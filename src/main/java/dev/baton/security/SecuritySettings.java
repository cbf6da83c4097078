package dev.baton.security;

import dev.baton.core.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a token gives, beside its scopes.
 *
 * @param groupsClaim the claim that lists the groups of the caller
 * @param ownerClaim the claim that names the person who made a token, where that is not its
 *     subject: whoever made several approves once
 * @param groups the permissions that each group gives; names with other characters than letters,
 *     digits and dashes go in brackets: {@code baton.security.groups[team/dba]}
 * @param audience what the {@code aud} claim must contain; not checked if blank
 */
@ConfigurationProperties("baton.security")
record SecuritySettings(
    @DefaultValue("groups") String groupsClaim,
    @DefaultValue("owner") String ownerClaim,
    @DefaultValue Map<String, List<String>> groups,
    @DefaultValue("") String audience) {

  SecuritySettings {
    groups.forEach((group, scopes) -> scopes.forEach(scope -> permission(group, scope)));
  }

  Set<Permission> permissionsOf(String group) {
    return groups.getOrDefault(group, List.of()).stream()
        .map(scope -> permission(group, scope))
        .collect(Collectors.toSet());
  }

  private static Permission permission(String group, String scope) {
    return Permission.ofScope(scope)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "baton.security.groups gives '%s' the unknown permission '%s'; allowed: %s"
                    .formatted(
                        group,
                        scope,
                        Arrays.stream(Permission.values())
                            .map(Permission::scope)
                            .collect(Collectors.joining(", ")))));
  }
}
