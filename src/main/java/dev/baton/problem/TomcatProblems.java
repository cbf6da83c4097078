package dev.baton.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Makes Tomcat itself answer with problems where a request fails before it reaches a filter. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class TomcatProblems
    implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
  private final ProblemResponses responses;

  TomcatProblems(ProblemResponses responses) {
    this.responses = responses;
  }

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      var host = (StandardHost) context.getParent();
      // Tomcat would add its own, which is asked first and answers with HTML.
      host.setErrorReportValveClass("");
      host.getPipeline().addValve(new ProblemValve(responses));
    });
  }

  private static final class ProblemValve extends ErrorReportValve {
    private final ProblemResponses responses;

    ProblemValve(ProblemResponses responses) {
      this.responses = responses;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
      if (response.getStatus() < 400
          || response.getContentWritten() > 0
          || !response.setErrorReported()) {
        return;
      }
      var path = request.getRequestURI() == null ? "" : request.getRequestURI();
      var what = request.getMethod() + " " + path;
      var problem =
          // Tomcat says 400 and why for a request line it can't read: no failure of ours.
          failure == null || response.getStatus() < 500
              ? Failures.problem(response.getStatus(), what)
              : Failures.problem(failure, what);
      try {
        responses.write(problem, path, response);
        response.finishResponse();
      } catch (IOException e) {
        container.getLogger().debug("The client did not wait for the answer", e);
      }
    }
  }
}
