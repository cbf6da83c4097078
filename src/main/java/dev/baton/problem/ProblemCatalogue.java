package dev.baton.problem;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes each type of problem at the address that the type is. */
@Hidden
@RestController
@RequestMapping("/problems")
final class ProblemCatalogue {
  private final ProblemGuides guides;

  ProblemCatalogue(ProblemGuides guides) {
    this.guides = guides;
  }

  @GetMapping
  ResponseEntity<?> all(@RequestHeader(name = "Accept", defaultValue = "*/*") String accept) {
    var all = Arrays.stream(ProblemType.values()).map(this::described).toList();
    return switch (format(accept)) {
      case TEXT -> answer(ProblemFormat.TEXT, ProblemText.of(all));
      case HTML -> answer(ProblemFormat.HTML, ProblemPage.of(all));
      case JSON -> answer(ProblemFormat.JSON, all);
    };
  }

  @GetMapping("/{slug}")
  ResponseEntity<?> one(
      @PathVariable String slug,
      @RequestHeader(name = "Accept", defaultValue = "*/*") String accept) {
    var problem =
        ProblemType.ofSlug(slug)
            .map(this::described)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "No problem is called that; see /problems."));
    return switch (format(accept)) {
      case TEXT -> answer(ProblemFormat.TEXT, ProblemText.of(problem));
      case HTML -> answer(ProblemFormat.HTML, ProblemPage.of(problem));
      case JSON -> answer(ProblemFormat.JSON, problem);
    };
  }

  private ProblemDescription described(ProblemType type) {
    return ProblemDescription.of(type, guides.of(type));
  }

  private static ProblemFormat format(String accept) {
    return ProblemFormat.accepted(accept)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.NOT_ACCEPTABLE, "This is text/plain, text/html or application/json."));
  }

  private static ResponseEntity<?> answer(ProblemFormat format, Object body) {
    return ResponseEntity.ok()
        .contentType(format.type())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Content-Security-Policy", ProblemPage.contentSecurityPolicy())
        .body(body);
  }
}
