package dev.baton.globaldatastore.aws;

import dev.baton.core.Region;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Refused;
import dev.baton.globaldatastore.CallOutcome.Unknown;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.http.conn.ConnectTimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.elasticache.model.InvalidGlobalReplicationGroupStateException;

/**
 * What an exception of the AWS SDK means. The SDK's own {@code retryable()} says nothing of use.
 */
final class ErrorClassification {
  private static final String CUSTOMER_THROTTLED = "APICallRateForCustomerExceeded";
  private static final String TIMEOUT = "Timeout";
  private static final int REQUEST_TIMEOUT = 408;

  private ErrorClassification() {}

  /** What is known after a changing call that came as far as {@code state} and then failed. */
  static CallOutcome ofChange(RuntimeException failure, Transmission.State state, Region region) {
    var message = ErrorMessage.of(failure);
    return switch (state) {
      case REFUSED -> new NotExecuted(CallOutcome.Reason.TOO_LATE, "SendBefore", message);
      case NOT_BEGUN -> ofUnsent(failure, message);
      case BEGUN ->
          failure instanceof AwsServiceException answer
              ? ofAnswer(answer, message, region)
              : ofSilence(failure, message);
    };
  }

  /** Why a question got no answer. */
  static <T> NotRead<T> ofRead(RuntimeException failure) {
    return new NotRead<>(reasonOf(failure), codeOf(failure), ErrorMessage.of(failure));
  }

  /**
   * Whether asking the same again at once may help: a Region that kept silent is not asked twice.
   */
  static boolean isWorthAskingAgain(RuntimeException failure) {
    return switch (reasonOf(failure)) {
      case THROTTLED -> true;
      case DARK -> !isTimeout(failure) && !(failure instanceof AbortedException);
      case UNREACHABLE -> !causedBy(failure, ConnectTimeoutException.class);
      case NO_CREDENTIALS, DENIED, UNREADABLE, HELD_BACK -> false;
    };
  }

  private static CallOutcome ofUnsent(RuntimeException failure, String message) {
    // Only credentials take time before the send, so a timeout there was theirs.
    var noCredentials = causedBy(failure, NoCredentialsException.class) || isTimeout(failure);
    return noCredentials
        ? new NotExecuted(CallOutcome.Reason.NO_CREDENTIALS, codeOf(failure), message)
        : new Unknown(codeOf(failure), message);
  }

  private static CallOutcome ofAnswer(AwsServiceException answer, String message, Region region) {
    var code = codeOf(answer);
    if (isThrottled(answer)) {
      return new NotExecuted(CallOutcome.Reason.THROTTLED, code, message);
    }
    if (!isRefusal(answer)) {
      return new Unknown(code, message);
    }
    return new Refused(
        region,
        code,
        message,
        answer.statusCode(),
        Optional.ofNullable(answer.requestId()),
        answer instanceof InvalidGlobalReplicationGroupStateException);
  }

  private static CallOutcome ofSilence(RuntimeException failure, String message) {
    return isNeverConnected(failure)
        ? new NotExecuted(CallOutcome.Reason.UNREACHABLE, codeOf(failure), message)
        : new Unknown(codeOf(failure), message);
  }

  private static Reason reasonOf(RuntimeException failure) {
    if (failure instanceof AwsServiceException answer) {
      if (isThrottled(answer)) {
        return Reason.THROTTLED;
      }
      if (answer.statusCode() >= 500) {
        return Reason.DARK;
      }
      return isRefusal(answer) ? Reason.DENIED : Reason.UNREADABLE;
    }
    if (failure instanceof NoCredentialsException none) {
      return none.isDenied() ? Reason.DENIED : Reason.NO_CREDENTIALS;
    }
    if (causedBy(failure, NoCredentialsException.class)) {
      return Reason.NO_CREDENTIALS;
    }
    if (isNeverConnected(failure)) {
      return Reason.UNREACHABLE;
    }
    return isTimeout(failure)
            || failure instanceof AbortedException
            || causedBy(failure, IOException.class)
        ? Reason.DARK
        : Reason.UNREADABLE;
  }

  private static boolean isThrottled(AwsServiceException answer) {
    return RetryUtils.isThrottlingException(answer) || codeOf(answer).equals(CUSTOMER_THROTTLED);
  }

  /** Without a code it was not AWS that answered, and nobody knows how far the request had come. */
  private static boolean isRefusal(AwsServiceException answer) {
    var status = answer.statusCode();
    return status >= 400 && status < 500 && status != REQUEST_TIMEOUT && hasCode(answer);
  }

  /** These are thrown while connecting only; a reset may come then or later, so it is not here. */
  private static boolean isNeverConnected(Throwable failure) {
    return causedBy(failure, ConnectException.class)
        || causedBy(failure, ConnectTimeoutException.class)
        || causedBy(failure, NoRouteToHostException.class)
        || causedBy(failure, UnknownHostException.class);
  }

  /** The SDK's two timers and the socket's run for as long: which one ends a call is chance. */
  private static boolean isTimeout(RuntimeException failure) {
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || (causedBy(failure, SocketTimeoutException.class) && !isNeverConnected(failure));
  }

  private static boolean hasCode(AwsServiceException answer) {
    return answer.awsErrorDetails() != null && answer.awsErrorDetails().errorCode() != null;
  }

  private static String codeOf(RuntimeException failure) {
    if (failure instanceof AwsServiceException answer) {
      return hasCode(answer) ? answer.awsErrorDetails().errorCode() : "Http" + answer.statusCode();
    }
    if (isTimeout(failure)) {
      return TIMEOUT;
    }
    return causes(failure)
        .filter(cause -> !cause.getClass().equals(SdkClientException.class))
        .findFirst()
        .orElse(failure)
        .getClass()
        .getSimpleName();
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
  }
}
