package dev.baton.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue: everything that Baton answers with instead of what was asked for. The type is a
 * relative reference, so that it leads to its description at the service that gave it.
 */
public enum ProblemType {
  INVALID_REQUEST(400, "The request is not valid", "Correct every field named in violations."),
  MALFORMED_BODY(400, "The body can't be read", "Send one JSON object in UTF-8."),
  BODY_TOO_LARGE(400, "The body is too large", "Send no more than the detail allows."),
  INVALID_POLICY(400, "The policy can't be used", "Correct every mistake named in violations."),
  UNAUTHENTICATED(401, "Who is asking is not known", "Send credentials, or newer ones."),
  FORBIDDEN(403, "The caller lacks a permission", "Ask for the permission that is named."),
  REFUSED_BY_POLICY(403, "Policy refuses", "Every rule that refused names its remedy."),
  OWN_REQUEST(403, "It is your own request", "Ask somebody else."),
  NOT_AN_APPROVER(
      403, "Your approval would not count", "Ask somebody in the groups that are named."),
  NOT_FOUND(404, "There is nothing here", "Look up the address in /v3/api-docs."),
  UNKNOWN_GLOBAL_DATASTORE(
      404, "No such Global datastore", "GET /v1/global-datastores lists those that are known."),
  UNKNOWN_FAILOVER(404, "No such failover", "GET /v1/failovers lists those that are known."),
  UNKNOWN_POLICY(404, "No such policy", "GET /v1/policies lists those that are in force."),
  UNKNOWN_EVACUATION(404, "No such evacuation", "GET /v1/evacuations lists those that are known."),
  UNKNOWN_HOLD(404, "No such hold", "GET /v1/holds lists those that are in force."),
  METHOD_NOT_ALLOWED(405, "Not with this method", "Use a method of the Allow header."),
  NOT_ACCEPTABLE(406, "Not in this format", "Accept application/json."),
  FAILOVER_IN_PROGRESS(
      409, "A failover is under way", "Watch the one that is named, or wait for its end."),
  ALREADY_PRIMARY(409, "The target is the primary already", "There is nothing to do."),
  NOT_AWAITING_APPROVAL(409, "It does not wait for approval", "Look at its status."),
  ALREADY_APPROVED(409, "You have approved it already", "Ask somebody else, too."),
  NOT_CANCELLABLE(409, "It can't be cancelled", "Look at its status, and watch it."),
  NOT_RESCHEDULABLE(
      409, "It can't be given another time", "Look at its status; cancel it if it hasn't begun."),
  NOT_REVIEWABLE(409, "It awaits no review", "Look at its status and its review."),
  OVERRIDE_REFUSED(
      409,
      "Something would be set aside that need not or can't be",
      "Leave out the overrides that violations name."),
  FAILBACK_REFUSED(
      409, "There is no way back", "Look where the primary is, then request what you need."),
  NOTHING_TO_EVACUATE(
      409, "There is nothing to move", "Every leftOut says why; change what is selected."),
  EVACUATION_IN_PROGRESS(
      409, "It is part of another evacuation", "Watch the one that is named, or wait for its end."),
  EVACUATION_STATUS(
      409, "Not in the status that the evacuation has", "Look at its status, then decide anew."),
  HOLD_OVER(409, "The hold is over", "There is nothing to end."),
  NOT_RESOLVABLE(
      409,
      "It can't be ended by hand",
      "Look at its status, or repeat the request after Retry-After."),
  PRIMARY_ELSEWHERE(
      409, "The primary is elsewhere", "Look where the primary is, then decide anew."),
  POLICY_WARNING(
      409,
      "The policy would shut a way out",
      "Change it, or repeat the request with acceptWarnings=true if it is meant so."),
  IDEMPOTENCY_KEY_IN_USE(
      409,
      "The first request with this key is still running",
      "Repeat the request with the same key after Retry-After."),
  FAILOVER_CHANGED(
      412, "The failover changed meanwhile", "Look at it as it is now, then decide anew."),
  POLICY_CHANGED(412, "It was changed meanwhile", "Look at what is there now, then decide anew."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "Not this content type", "Send application/json in UTF-8, not compressed."),
  MISDIRECTED_REQUEST(421, "Not a host of this service", "Use a name that baton.http.hosts lists."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The key belongs to another request",
      "Repeat the first request as it was, or use a new key for a new one."),
  PRECONDITION_REQUIRED(
      428,
      "Which version is to be changed is not said",
      "Read what is there, and send its ETag as If-Match."),
  INTERNAL_ERROR(500, "Baton failed", "Report the errorId: it stands in the log, too."),
  AWS_REFUSED(502, "AWS refused", "Read AWS's error; repeating won't help."),
  AWS_UNAVAILABLE(503, "AWS does not answer", "Repeat the request after Retry-After."),
  DATABASE_UNAVAILABLE(
      503, "The database does not answer", "Repeat the request after Retry-After."),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503, "The identity provider does not answer", "Repeat the request after Retry-After."),
  UNAVAILABLE(503, "Not right now", "Repeat the request after Retry-After.");

  private final int status;
  private final String title;
  private final String remedy;

  ProblemType(int status, String title, String remedy) {
    this.status = status;
    this.title = title;
    this.remedy = remedy;
  }

  /** The stable name within the URI, such as {@code unknown-failover}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The RFC 9457 type. */
  public URI uri() {
    return URI.create("/problems/" + slug());
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What the caller can do about it. */
  public String remedy() {
    return remedy;
  }

  static Optional<ProblemType> ofSlug(String slug) {
    return Arrays.stream(values()).filter(one -> one.slug().equals(slug)).findFirst();
  }

  /** The nearest type for a status that the framework or the container chose. */
  static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 421 -> MISDIRECTED_REQUEST;
      case 503 -> UNAVAILABLE;
      default -> status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    };
  }
}
