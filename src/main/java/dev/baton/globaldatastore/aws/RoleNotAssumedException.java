package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** STS gave no credentials for a role. */
final class RoleNotAssumedException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  private final boolean denied;

  /** What STS says is not repeated: it names who asked. */
  RoleNotAssumedException(AwsProperties.Account account, SdkException cause) {
    super(
        SdkClientException.builder()
            .message(
                "the role %s can't be assumed (%s)%s"
                    .formatted(
                        account.roleArn().orElseThrow(),
                        code(cause),
                        isDenial(cause)
                            ? ": its trust policy has to allow Baton's own identity, with the"
                                + " external id that is configured for account "
                                + account.id()
                            : "")));
    this.denied = isDenial(cause);
  }

  /** Whether STS refused, so that it would refuse again. */
  boolean isDenied() {
    return denied;
  }

  private static boolean isDenial(SdkException cause) {
    return cause instanceof AwsServiceException answer && answer.statusCode() == 403;
  }

  private static String code(SdkException cause) {
    return cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? answer.awsErrorDetails().errorCode()
        : cause.getClass().getSimpleName();
  }
}
