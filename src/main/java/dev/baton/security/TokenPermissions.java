package dev.baton.security;

import dev.baton.core.Groups;
import dev.baton.core.Permission;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** The permissions that a token gives: those among its scopes, and those of its groups. */
final class TokenPermissions implements Converter<Jwt, Collection<GrantedAuthority>> {
  private final SecuritySettings settings;

  TokenPermissions(SecuritySettings settings) {
    this.settings = settings;
  }

  @Override
  public Collection<GrantedAuthority> convert(Jwt token) {
    var fromScopes =
        Stream.of("scope", "scp")
            .flatMap(claim -> strings(token, claim))
            .flatMap(value -> Arrays.stream(value.split(" ")))
            .flatMap(scope -> Permission.ofScope(scope).stream());
    var fromGroups =
        strings(token, settings.groupsClaim())
            .flatMap(group -> settings.permissionsOf(group).stream());
    return Stream.concat(fromScopes, fromGroups)
        .map(permission -> new SimpleGrantedAuthority(permission.scope()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The groups that a token names. One without the claim tells of no groups, not of none. */
  static Groups groups(Jwt token, SecuritySettings settings) {
    return token.hasClaim(settings.groupsClaim())
        ? new Groups.Known(
            strings(token, settings.groupsClaim()).collect(Collectors.toUnmodifiableSet()))
        : new Groups.Unknown("the token has no claim " + settings.groupsClaim());
  }

  /** Who made a token, if it says so. */
  static Optional<String> owner(Jwt token, SecuritySettings settings) {
    return token.getClaims().get(settings.ownerClaim()) instanceof String owner && !owner.isBlank()
        ? Optional.of(owner)
        : Optional.empty();
  }

  private static Stream<String> strings(Jwt token, String claim) {
    var value = token.getClaims().get(claim);
    return switch (value) {
      case String one -> Stream.of(one);
      case Collection<?> many ->
          many.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.of();
    };
  }
}
