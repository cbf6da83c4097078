package dev.baton.security;

import dev.baton.core.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives a controller's method the caller: a parameter of type {@link Actor} is enough. */
@Configuration(proxyBeanMethods = false)
class CurrentActor implements HandlerMethodArgumentResolver, WebMvcConfigurer {
  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(Actor.class);
  }

  @Override
  public Actor resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return switch (request.getUserPrincipal()) {
      case JwtAuthenticationToken caller ->
          new Actor(caller.getName(), kind(caller.getName(), caller.getToken()));
      case Authentication caller -> new Actor(caller.getName(), Actor.Kind.PERSON);
      case null, default ->
          throw new IllegalStateException("an endpoint that is open to anyone asks for its caller");
    };
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
