package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.AwsEnvironment;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** Makes HTTP clients that wait for nothing without an end. */
record HttpClients(AwsEnvironment environment, AwsProperties properties) {

  /**
   * A client of its own.
   *
   * @param timeout how long an answer may take
   * @param reuse how long a connection is kept for the next call
   */
  SdkHttpClient client(Duration timeout, Duration reuse) {
    var builder =
        ApacheHttpClient.builder()
            .connectionTimeout(properties.connectTimeout())
            .socketTimeout(timeout)
            .connectionAcquisitionTimeout(properties.connectTimeout())
            .maxConnections(properties.concurrentCalls())
            .connectionMaxIdleTime(reuse)
            .tcpKeepAlive(true);
    if (environment.isSimulated()) {
      builder.proxyConfiguration(noProxy());
    }
    return builder.build();
  }

  private static ProxyConfiguration noProxy() {
    return ProxyConfiguration.builder()
        .useSystemPropertyValues(false)
        .useEnvironmentVariableValues(false)
        .build();
  }
}
