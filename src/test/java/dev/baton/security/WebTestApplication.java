package dev.baton.security;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.PageCursor;
import dev.baton.problem.QueryRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The web side of Baton alone, with endpoints at the addresses of the real ones. */
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      HibernateJpaAutoConfiguration.class,
      DataJpaRepositoriesAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      DbSchedulerAutoConfiguration.class
    })
@ComponentScan(
    basePackages = {"dev.baton.problem", "dev.baton.security"},
    excludeFilters =
        @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@Import(WebTestApplication.Endpoints.class)
public class WebTestApplication {

  @TestComponent
  @RestController
  static class Endpoints {
    private final JsonMapper mapper;

    Endpoints(JsonMapper mapper) {
      this.mapper = mapper;
    }

    @PostMapping("/v1/failovers")
    Map<String, Object> post(@RequestBody(required = false) byte[] body) {
      var request = JsonRequest.parse(body == null ? new byte[0] : body, mapper);
      var answer = new LinkedHashMap<String, Object>();
      request
          .required("targetRegion", Region::new)
          .ifPresent(it -> answer.put("region", it.name()));
      request.requiredText("reason", 100).ifPresent(it -> answer.put("reason", it));
      request.choice("mode", FailoverMode.class).ifPresent(it -> answer.put("mode", it));
      request.instant("startBefore").ifPresent(it -> answer.put("startBefore", it.toString()));
      answer.put("acceptDataLoss", request.flag("acceptDataLoss", false));
      request.finish();
      return answer;
    }

    @GetMapping("/v1/failovers")
    Map<String, Object> list(HttpServletRequest http) {
      var query = QueryRequest.of(http);
      var limit = query.limit();
      var cursor =
          query.optional("cursor", text -> PageCursor.parse(text, "tests", 1, List::getFirst));
      query.choice("mode", FailoverMode.class);
      query.instant("from");
      query.finish();
      return Map.of("limit", limit, "cursor", cursor.orElse(""));
    }

    @GetMapping("/v1/failovers/person")
    Map<String, String> person(Caller caller) {
      return Map.of("person", caller.person());
    }

    @GetMapping("/v1/failovers/caller")
    Actor caller(Actor caller) {
      return caller;
    }

    @GetMapping("/v1/failovers/number")
    int number(@RequestParam int value) {
      return value;
    }

    @GetMapping("/v1/failovers/broken/{how}")
    String broken(@PathVariable String how) {
      throw switch (how) {
        case "database" -> new DataAccessResourceFailureException("secret-host is away");
        case "idle" -> new IllegalStateException(new SQLException("secret", "25P03"));
        case "closed" -> new IllegalStateException(new SQLException("secret-host is closed"));
        case "constraint" -> new IllegalStateException(new SQLException("secret", "23505"));
        default -> new IllegalStateException("secret");
      };
    }

    @GetMapping("/v1/hidden")
    String hidden() {
      return "never seen";
    }
  }
}
