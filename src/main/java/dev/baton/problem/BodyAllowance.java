package dev.baton.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What the bodies of some requests may be, as a bean of the feature that reads them. No type may be
 * among them that a foreign web page can send without asking first.
 *
 * @param path the requests it is for
 * @param methods theirs; empty for all
 * @param types what the content may be
 * @param mostBytes how large it may be
 */
public record BodyAllowance(
    PathPattern path, Set<String> methods, Set<MediaType> types, int mostBytes) {

  public BodyAllowance {
    methods = Set.copyOf(methods);
    types = Set.copyOf(types);
  }

  public BodyAllowance(String path, Set<String> methods, Set<MediaType> types, int mostBytes) {
    this(PathPatternParser.defaultInstance.parse(path), methods, types, mostBytes);
  }

  boolean isFor(HttpServletRequest request) {
    return (methods.isEmpty() || methods.contains(request.getMethod()))
        && path.matches(PathContainer.parsePath(request.getRequestURI()));
  }
}
