package dev.baton.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One fleet for all the tests of a run: instances take longer to start than most tests. */
final class FleetExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Fleet.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(FleetExtension.class))
        .computeIfAbsent(Fleet.class, _ -> start(), Fleet.class);
  }

  private static Fleet start() {
    try {
      return new Fleet();
    } catch (IOException e) {
      throw new UncheckedIOException("the fleet's surroundings did not start", e);
    }
  }
}
