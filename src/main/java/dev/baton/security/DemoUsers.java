package dev.baton.security;

import static dev.baton.core.Permission.ADMIN;
import static dev.baton.core.Permission.AUDIT_READ;
import static dev.baton.core.Permission.FAILOVER_APPROVE;
import static dev.baton.core.Permission.FAILOVER_BREAK_GLASS;
import static dev.baton.core.Permission.FAILOVER_DETACH;
import static dev.baton.core.Permission.FAILOVER_READ;
import static dev.baton.core.Permission.FAILOVER_REQUEST;
import static dev.baton.core.Permission.HOLD_WRITE;
import static dev.baton.core.Permission.POLICY_WRITE;

import dev.baton.core.Groups;
import dev.baton.core.Permission;
import java.util.Arrays;
import java.util.Set;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The people of the local profile. Their passwords are their names, known to everybody. */
final class DemoUsers {
  private DemoUsers() {}

  /**
   * To be looked up only. Spring Security would store the passwords anew, hashed with BCrypt, and
   * then compute that for each request; of passwords that everybody knows it protects nothing.
   */
  static UserDetailsService all() {
    var users =
        new InMemoryUserDetailsManager(
            user("alice", FAILOVER_READ, FAILOVER_REQUEST),
            user("bob", FAILOVER_READ, FAILOVER_APPROVE),
            user("erin", FAILOVER_READ, FAILOVER_APPROVE),
            user("carol", FAILOVER_READ, AUDIT_READ),
            user("dave", FAILOVER_READ, FAILOVER_REQUEST, FAILOVER_BREAK_GLASS, FAILOVER_DETACH),
            user("frank", FAILOVER_READ, AUDIT_READ, POLICY_WRITE, HOLD_WRITE, ADMIN));
    return name -> users.loadUserByUsername(name);
  }

  /** Their groups, for rules that speak of some. */
  static Groups groups(String name) {
    return new Groups.Known(
        switch (name) {
          case "alice" -> Set.of("developers");
          case "bob", "erin" -> Set.of("developers", "leads");
          case "dave" -> Set.of("on-call");
          case "frank" -> Set.of("platform");
          default -> Set.of();
        });
  }

  private static UserDetails user(String name, Permission... permissions) {
    return User.withUsername(name)
        .password("{noop}" + name)
        .authorities(Arrays.stream(permissions).map(Permission::scope).toArray(String[]::new))
        .build();
  }
}
