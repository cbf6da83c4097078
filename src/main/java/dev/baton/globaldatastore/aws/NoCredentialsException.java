package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.core.exception.SdkClientException;

/** There was nothing to sign a request with, so it was not sent. */
final class NoCredentialsException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  /**
   * The cause is named by its class only: the messages of credential providers may tell secrets.
   */
  NoCredentialsException(Throwable cause) {
    super(
        SdkClientException.builder()
            .message(
                "no credentials came to sign the request with (%s): give Baton a role, or set"
                        .formatted(cause.getClass().getSimpleName())
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
  }
}
