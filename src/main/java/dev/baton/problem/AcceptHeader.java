package dev.baton.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What a caller would rather have where an answer can be given in two formats. */
public final class AcceptHeader {
  private AcceptHeader() {}

  /** Whether it is the other one rather than JSON; who accepts anything gets JSON. */
  public static boolean prefers(MediaType other, HttpServletRequest request) {
    var accept = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("*/*");
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
          .filter(it -> it.includes(MediaType.APPLICATION_JSON) || it.includes(other))
          .findFirst()
          .filter(it -> !it.includes(MediaType.APPLICATION_JSON))
          .isPresent();
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
