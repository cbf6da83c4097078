package dev.baton.globaldatastore.aws;

import static java.util.Objects.requireNonNullElse;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which AWS is served, and how patiently it is spoken to.
 *
 * @param endpoint The one address that answers for every Region; left out where AWS itself is
 *     meant.
 * @param regions The Regions whose Global datastores are served.
 * @param accountId The twelve digits of the AWS account; may be left out for a simulator only.
 * @param accounts The AWS accounts, where there are several; then without accountId.
 * @param connectTimeout How long one connection may take to open.
 * @param readTimeout How long AWS may take to answer a question.
 * @param readBudget How long a question may take with all its repetitions.
 * @param callTimeout How long AWS may take to answer a call that changes something.
 * @param credentialsTimeout How long the credentials for one call may take to come.
 * @param concurrentCalls How many questions, and how many changes, one Region may have open.
 * @param breakerCalls How many calls to a Region are looked at to tell whether it fails: its
 *     circuit breaker opens when half of them did.
 * @param breakerOpenFor How long an open circuit breaker holds calls back before it lets a few try.
 * @param changesPerSecond With how many changing calls a second to a Region its pace begins; AWS
 *     publishes no limit, so it is learned.
 * @param readsPerSecond The same of questions.
 * @param tries How often a call that certainly was not carried out is tried in all.
 * @param tryAgainAfter How long to wait before the second try; each further wait is twice as long.
 */
@Validated
@ConfigurationProperties("baton.aws")
record AwsProperties(
    Optional<URI> endpoint,
    @DefaultValue({"us-east-1", "us-west-2", "eu-west-1"}) @NotEmpty List<Region> regions,
    Optional<AccountId> accountId,
    @DefaultValue List<Account> accounts,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("5s") Duration readTimeout,
    @DefaultValue("8s") Duration readBudget,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue("2s") Duration credentialsTimeout,
    @DefaultValue("24") @Min(1) @Max(1000) int concurrentCalls,
    @DefaultValue("10") @Min(2) @Max(1000) int breakerCalls,
    @DefaultValue("5s") Duration breakerOpenFor,
    @DefaultValue("10") @DecimalMin("0.1") @DecimalMax("1000") double changesPerSecond,
    @DefaultValue("100") @DecimalMin("0.1") @DecimalMax("1000") double readsPerSecond,
    @DefaultValue("3") @Min(1) @Max(10) int tries,
    @DefaultValue("200ms") Duration tryAgainAfter) {

  AwsProperties {
    // The binder gives null, not an empty Optional, where nothing is set.
    endpoint =
        requireNonNullElse(endpoint, Optional.<URI>empty())
            .filter(uri -> !uri.toString().isBlank());
    accountId = requireNonNullElse(accountId, Optional.empty());
    regions = regions.stream().distinct().toList();
    accounts = List.copyOf(accounts);
  }

  /**
   * An AWS account.
   *
   * @param id Its twelve digits.
   * @param roleArn The role in it that Baton assumes; left out for the account whose credentials
   *     Baton has itself.
   * @param externalId What the role's trust policy demands as external id.
   * @param regions The Regions served of it; those of baton.aws.regions if left out.
   */
  record Account(
      AccountId id,
      Optional<String> roleArn,
      Optional<String> externalId,
      @DefaultValue List<Region> regions) {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/.+");

    Account {
      roleArn = requireNonNullElse(roleArn, Optional.<String>empty()).filter(it -> !it.isBlank());
      externalId =
          requireNonNullElse(externalId, Optional.<String>empty()).filter(it -> !it.isBlank());
      regions = regions.stream().distinct().toList();
      roleArn.ifPresent(arn -> {
        var matcher = ROLE.matcher(arn);
        if (!matcher.matches() || !matcher.group(1).equals(id.value())) {
          throw new IllegalArgumentException(
              "role-arn of account %s must be the ARN of a role in it, such as".formatted(id)
                  + " arn:aws:iam::%s:role/baton, but is '%s'".formatted(id, arn));
        }
      });
    }
  }

  @AssertTrue(
      message =
          "baton.aws.account-id and baton.aws.accounts must not both be set: an account without a"
              + " role-arn is the one whose credentials Baton has itself")
  boolean isEitherOneAccountOrSeveral() {
    return accountId.isEmpty() || accounts.isEmpty();
  }

  @AssertTrue(message = "every one of baton.aws.accounts must have an id of its own")
  boolean isEveryAccountThereOnce() {
    return accounts.stream().map(Account::id).distinct().count() == accounts.size();
  }

  @AssertTrue(
      message =
          "one of baton.aws.accounts at the most may be without role-arn: Baton has the credentials"
              + " of one account itself")
  boolean isRoleThereForAllButOneAccount() {
    return accounts.stream().filter(account -> account.roleArn().isEmpty()).count() <= 1;
  }

  @AssertTrue(
      message =
          "baton.aws.endpoint must be an http or https address, such as http://127.0.0.1:4566")
  boolean isEndpointAnAddress() {
    return endpoint
        .map(uri -> uri.getHost() != null && List.of("http", "https").contains(uri.getScheme()))
        .orElse(true);
  }

  @AssertTrue(message = "every time under baton.aws must be longer than zero")
  boolean isEveryTimePositive() {
    return Stream.of(
            connectTimeout,
            readTimeout,
            readBudget,
            callTimeout,
            credentialsTimeout,
            breakerOpenFor,
            tryAgainAfter)
        .allMatch(Duration::isPositive);
  }
}
