package dev.baton.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What holds for the body of every request, whichever controller gets it: JSON in UTF-8, not
 * compressed, at most 64 KiB, unless a {@link BodyAllowance} allows more. A form or plain text is
 * what a foreign web page could send without asking first, so the content type is demanded even
 * where there is no body.
 *
 * <p>It runs after the security filters: who may not ask learns nothing about the body.
 */
@Component
@Order(BodyRules.AFTER_SECURITY)
final class BodyRules extends OncePerRequestFilter {
  static final int AFTER_SECURITY = 0;
  static final int MOST_BYTES = 64 * 1024;
  private static final BodyAllowance USUAL =
      new BodyAllowance("/**", Set.of(), Set.of(MediaType.APPLICATION_JSON), MOST_BYTES);
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final ProblemResponses responses;
  private final List<BodyAllowance> allowances;

  BodyRules(ProblemResponses responses, List<BodyAllowance> allowances) {
    this.responses = responses;
    this.allowances = allowances;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var allowed = allowed(request);
    var problem =
        READING.contains(request.getMethod())
            ? Optional.<Problem>empty()
            : type(request, allowed.types());
    if (problem.isPresent()) {
      responses.write(problem.get(), request, response);
      return;
    }
    if (request.getContentLengthLong() > allowed.mostBytes()) {
      responses.write(tooLarge(allowed.mostBytes()), request, response);
      return;
    }
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(allowed.mostBytes() + 1);
    } catch (IOException e) {
      // Tomcat noted it as a failure of ours, and would answer 500 in place of 400.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      responses.write(cutOff(), request, response);
      return;
    }
    if (body.length > allowed.mostBytes()) {
      responses.write(tooLarge(allowed.mostBytes()), request, response);
      return;
    }
    chain.doFilter(new BufferedRequest(request, body), response);
  }

  private BodyAllowance allowed(HttpServletRequest request) {
    return allowances.stream()
        .filter(allowance -> allowance.isFor(request))
        .findFirst()
        .orElse(USUAL);
  }

  private static Optional<Problem> type(HttpServletRequest request, Set<MediaType> allowed) {
    var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Optional.of(
          unsupported("The body must not be compressed, but has Content-Encoding: " + encoding)
              .withHeader(HttpHeaders.ACCEPT_ENCODING, "identity"));
    }
    var types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
    var names = allowed.stream().map(MediaType::toString).sorted().toList();
    return types.size() == 1 && isOneOf(allowed, types.getFirst())
        ? Optional.empty()
        : Optional.of(
            unsupported(
                    "%s demands Content-Type: %s in UTF-8, even without a body, but has %s"
                        .formatted(
                            request.getMethod(),
                            String.join(" or ", names),
                            types.isEmpty() ? "none" : String.join(" and ", types)))
                .withHeader(HttpHeaders.ACCEPT, String.join(", ", names)));
  }

  private static boolean isOneOf(Set<MediaType> allowed, String header) {
    try {
      var type = MediaType.parseMediaType(header);
      var charset = type.getCharset();
      return allowed.stream().anyMatch(type::equalsTypeAndSubtype)
          && (charset == null || charset.equals(StandardCharsets.UTF_8));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static Problem unsupported(String detail) {
    return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, PlainText.shown(detail, 250) + ".");
  }

  private static Problem cutOff() {
    return new Problem(ProblemType.MALFORMED_BODY, "The body broke off, or its chunks are wrong.");
  }

  private static Problem tooLarge(int mostBytes) {
    return new Problem(
        ProblemType.BODY_TOO_LARGE,
        "The body has more than %d bytes, which is the most that is read here."
            .formatted(mostBytes));
  }
}
