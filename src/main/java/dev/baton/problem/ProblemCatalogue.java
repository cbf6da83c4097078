package dev.baton.problem;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes each type of problem at the address that the type is. */
@Hidden
@RestController
@RequestMapping("/problems")
final class ProblemCatalogue {

  record Description(String type, int status, String title, String remedy) {
    static Description of(ProblemType type) {
      return new Description(type.uri().toString(), type.status(), type.title(), type.remedy());
    }
  }

  @GetMapping
  List<Description> all() {
    return Arrays.stream(ProblemType.values()).map(Description::of).toList();
  }

  @GetMapping("/{slug}")
  Description one(@PathVariable String slug) {
    return ProblemType.ofSlug(slug)
        .map(Description::of)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.NOT_FOUND, "No problem is called that; see /problems."));
  }
}
