package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.AwsEnvironment;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** Where the credentials come from. */
final class CredentialSources {
  private static final String SIMULATOR = "simulator";

  private CredentialSources() {}

  static AwsCredentialsProvider of(AwsEnvironment environment) {
    return environment.isSimulated()
        ? forSimulator()
        : DefaultCredentialsProvider.builder().build();
  }

  /** Never a profile or an instance's role: what they open is not the simulator's to see. */
  private static AwsCredentialsProvider forSimulator() {
    return AwsCredentialsProviderChain.builder()
        .reuseLastProviderEnabled(false)
        .credentialsProviders(
            SystemPropertyCredentialsProvider.create(),
            EnvironmentVariableCredentialsProvider.create(),
            ContainerCredentialsProvider.builder().build(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create(SIMULATOR, SIMULATOR)))
        .build();
  }
}
