package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Lets a changing call leave only with a {@link Transmission} that permits it.
 *
 * <p>The last hook before the socket: credentials have come and the request is signed by then, so
 * the time that took is counted.
 */
final class SendFence implements ExecutionInterceptor {
  static final ExecutionAttribute<Transmission> TRANSMISSION =
      new ExecutionAttribute<>("baton.transmission");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    var transmission = attributes.getAttribute(TRANSMISSION);
    if (transmission == null) {
      throw new SendRefusedException("not sent: a changing call needs a time to be sent before");
    }
    transmission.begin();
  }
}
