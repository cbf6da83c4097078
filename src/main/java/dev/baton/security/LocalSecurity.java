package dev.baton.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** The local profile: demo users by HTTP Basic. */
@Configuration(proxyBeanMethods = false)
@Profile("local")
class LocalSecurity {

  @Bean
  UserDetailsService demoUsers() {
    return DemoUsers.all();
  }

  @Bean
  SecurityFilterChain basic(HttpSecurity http, Refusals refusals) {
    var unknown =
        refusals.unknownCaller(
            (request, response, failure) ->
                response.setHeader("WWW-Authenticate", "Basic realm=\"baton\", charset=\"UTF-8\""),
            "HTTP Basic with a demo user, such as alice:alice");
    return SecurityConfiguration.common(http, refusals)
        .httpBasic(basic -> basic.authenticationEntryPoint(unknown))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(unknown))
        .build();
  }
}
