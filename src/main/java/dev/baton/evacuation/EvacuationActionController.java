package dev.baton.evacuation;

import dev.baton.core.Caller;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.QueryRequest;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(path = "/v1/evacuations/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Evacuations")
class EvacuationActionController {
  private final EvacuationFinder finder;
  private final EvacuationDesk desk;
  private final EvacuationViews views;
  private final JsonMapper json;

  EvacuationActionController(
      EvacuationFinder finder, EvacuationDesk desk, EvacuationViews views, JsonMapper json) {
    this.finder = finder;
    this.desk = desk;
    this.views = views;
    this.json = json;
  }

  @EvacuationAction(
      path = "/approve",
      operationId = "approveEvacuation",
      summary = "Approve an evacuation as a whole")
  EvacuationView approve(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return views.of(desk.approve(finder.find(id).id(), caller, comment));
  }

  @EvacuationAction(
      path = "/reject",
      operationId = "rejectEvacuation",
      summary = "Reject an evacuation that waits for approval")
  EvacuationView reject(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return views.of(desk.reject(finder.find(id).id(), caller, comment));
  }

  @EvacuationAction(
      path = "/pause",
      operationId = "pauseEvacuation",
      summary = "Pause an evacuation")
  EvacuationView pause(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return views.of(desk.pause(finder.find(id).id(), caller.actor(), comment));
  }

  @EvacuationAction(
      path = "/resume",
      operationId = "resumeEvacuation",
      summary = "Have a paused evacuation go on")
  EvacuationView resume(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return views.of(desk.resume(finder.find(id).id(), caller.actor(), comment));
  }

  @EvacuationAction(
      path = "/abort",
      operationId = "abortEvacuation",
      summary = "Abort an evacuation")
  EvacuationView abort(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return views.of(desk.abort(finder.find(id).id(), caller.actor(), comment));
  }

  @EvacuationAction(
      path = "/retry",
      operationId = "retryEvacuation",
      summary = "Have those begin again that failed")
  EvacuationView retry(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable String id,
      @RequestBody(required = false) byte[] body,
      HttpServletRequest http,
      Caller caller) {
    var comment = comment(http, body);
    return views.of(desk.retry(finder.find(id).id(), caller.actor(), comment));
  }

  private String comment(HttpServletRequest http, byte @Nullable [] body) {
    QueryRequest.of(http).finish();
    var fields = JsonRequest.parse(Optional.ofNullable(body).orElse(new byte[0]), json);
    var comment = fields.requiredText("comment", EvacuationAction.LONGEST_COMMENT);
    fields.finish();
    return comment.orElseThrow();
  }
}
