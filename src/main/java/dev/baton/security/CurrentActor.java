package dev.baton.security;

import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Groups;
import dev.baton.core.Permission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives a controller's method the caller: a parameter of type {@link Actor} is enough, or of type
 * {@link Caller} where it has to know what they may do.
 */
@Configuration(proxyBeanMethods = false)
class CurrentActor implements HandlerMethodArgumentResolver, WebMvcConfigurer {
  private final SecuritySettings settings;

  CurrentActor(SecuritySettings settings) {
    this.settings = settings;
  }

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class, Caller.class);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(Actor.class)
        || parameter.getParameterType().equals(Caller.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    if (!(request.getUserPrincipal() instanceof Authentication caller)) {
      throw new IllegalStateException("an endpoint that is open to anyone asks for its caller");
    }
    return parameter.getParameterType().equals(Actor.class)
        ? actor(caller)
        : new Caller(actor(caller), permissions(caller), groups(caller), person(caller));
  }

  private static Actor actor(Authentication caller) {
    return caller instanceof JwtAuthenticationToken token
        ? new Actor(token.getName(), kind(token.getName(), token.getToken()))
        : new Actor(caller.getName(), Actor.Kind.PERSON);
  }

  private static Set<Permission> permissions(Authentication caller) {
    return caller.getAuthorities().stream()
        .map(GrantedAuthority::getAuthority)
        .flatMap(authority -> Optional.ofNullable(authority).stream())
        .flatMap(authority -> Permission.ofScope(authority).stream())
        .collect(Collectors.toSet());
  }

  /** Of the claim of a token, or of the users of the profile local. */
  private Groups groups(Authentication caller) {
    return caller instanceof JwtAuthenticationToken token
        ? TokenPermissions.groups(token.getToken(), settings)
        : DemoUsers.groups(caller.getName());
  }

  private String person(Authentication caller) {
    return caller instanceof JwtAuthenticationToken token
        ? TokenPermissions.owner(token.getToken(), settings).orElse(token.getName())
        : caller.getName();
  }

  /** The token of a service names the client itself as its subject. */
  private static Actor.Kind kind(String subject, Jwt token) {
    var service =
        "client-credentials".equals(token.getClaims().get("gty"))
            || subject.equals(token.getClaims().get("client_id"))
            || subject.equals(token.getClaims().get("azp"));
    return service ? Actor.Kind.SERVICE : Actor.Kind.PERSON;
  }
}
