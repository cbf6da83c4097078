package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The credentials by which calls to an account are signed, for one Region's endpoint. */
@FunctionalInterface
interface AccountCredentials {

  AwsCredentialsProvider of(AccountId accountId, Region region);
}
