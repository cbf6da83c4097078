package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.core.exception.SdkClientException;

/** Stops the SDK right before it would send a call. */
final class SendRefusedException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  SendRefusedException(String message) {
    super(SdkClientException.builder().message(message));
  }
}
