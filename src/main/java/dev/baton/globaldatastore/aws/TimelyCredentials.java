package dev.baton.globaldatastore.aws;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that come in time or not at all.
 *
 * <p>The SDK asks for them before its own timeouts run, so a provider that hangs would hang a call.
 */
final class TimelyCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
  private final AwsCredentialsProvider source;
  private final Duration timeout;

  TimelyCredentials(AwsCredentialsProvider source, Duration timeout) {
    this.source = source;
    this.timeout = timeout;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    var task = new FutureTask<>(source::resolveCredentials);
    Thread.ofVirtual().name("aws-credentials").start(task);
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw new NoCredentialsException(requireNonNullElse(failure.getCause(), failure));
    } catch (TimeoutException slow) {
      task.cancel(true);
      throw new NoCredentialsException(slow);
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while waiting for credentials");
    }
  }

  @Override
  public void close() {
    if (source instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
