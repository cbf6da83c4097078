package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The credentials of a role in another account, renewed before they expire. */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {
  /** CloudTrail shows it beside the role. */
  private static final String SESSION = "baton";

  private final AwsProperties.Account account;
  private final StsClient sts;
  private final StsAssumeRoleCredentialsProvider role;

  AssumedRole(AwsProperties.Account account, StsClient sts) {
    this.account = account;
    this.sts = sts;
    this.role =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(request(account))
            .build();
  }

  private static AssumeRoleRequest request(AwsProperties.Account account) {
    return AssumeRoleRequest.builder()
        .roleArn(account.roleArn().orElseThrow())
        .externalId(account.externalId().orElse(null))
        .roleSessionName(SESSION)
        .build();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return role.resolveCredentials();
    } catch (SdkException failure) {
      throw new RoleNotAssumedException(account, failure);
    }
  }

  @Override
  public void close() {
    role.close();
    sts.close();
  }
}
