package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.core.exception.SdkClientException;

/** There was nothing to sign a request with, so it was not sent. */
final class NoCredentialsException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  private final boolean denied;

  /**
   * The cause is named by its class only, but for the one of Baton's own: the messages of
   * credential providers may tell secrets.
   */
  NoCredentialsException(Throwable cause) {
    super(
        SdkClientException.builder()
            .message(
                cause instanceof RoleNotAssumedException
                    ? "no credentials: " + cause.getMessage()
                    : "no credentials came to sign the request with (%s): give Baton a role, or set"
                            .formatted(cause.getClass().getSimpleName())
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
    this.denied = cause instanceof RoleNotAssumedException role && role.isDenied();
  }

  /** Whether a role was refused, which asking again will not change. */
  boolean isDenied() {
    return denied;
  }
}
