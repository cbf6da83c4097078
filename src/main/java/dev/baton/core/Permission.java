package dev.baton.core;

import java.util.Arrays;
import java.util.Optional;

/** What a caller may do. Every endpoint demands one of them. */
public enum Permission {
  FAILOVER_READ("failover:read"),
  FAILOVER_REQUEST("failover:request"),
  FAILOVER_APPROVE("failover:approve"),
  FAILOVER_DETACH("failover:detach"),
  FAILOVER_BREAK_GLASS("failover:break-glass"),
  POLICY_WRITE("policy:write"),
  HOLD_WRITE("hold:write"),
  AUDIT_READ("audit:read"),
  ADMIN("admin");

  private final String scope;

  Permission(String scope) {
    this.scope = scope;
  }

  /** The name as it stands in a token's scope, such as {@code failover:request}. */
  public String scope() {
    return scope;
  }

  public static Optional<Permission> ofScope(String scope) {
    return Arrays.stream(values()).filter(one -> one.scope.equals(scope)).findFirst();
  }
}
