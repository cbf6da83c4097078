package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The AWS that this Baton serves.
 *
 * @param accounts the accounts, at least one, in the order of their configuration
 * @param endpoint the one address that answers for every Region, where AWS itself is not meant
 */
public record AwsEnvironment(List<Account> accounts, Optional<URI> endpoint) {

  /**
   * An account that is served.
   *
   * @param regions the Regions whose Global datastores are served; at least one
   */
  public record Account(AccountId id, List<Region> regions) {
    public Account {
      regions = List.copyOf(regions);
    }
  }

  public AwsEnvironment {
    accounts = List.copyOf(accounts);
  }

  /** An environment of one account. */
  public AwsEnvironment(AccountId accountId, List<Region> regions, Optional<URI> endpoint) {
    this(List.of(new Account(accountId, regions)), endpoint);
  }

  public List<AccountId> accountIds() {
    return accounts.stream().map(Account::id).toList();
  }

  /** Whether callers have to say which account they mean. */
  public boolean hasSeveralAccounts() {
    return accounts.size() > 1;
  }

  /** The Regions that are served of an account: none if it is not served itself. */
  public List<Region> regions(AccountId accountId) {
    return accounts.stream()
        .filter(account -> account.id().equals(accountId))
        .findFirst()
        .map(Account::regions)
        .orElse(List.of());
  }

  /** The Regions that are served of any account. */
  public List<Region> regions() {
    return accounts.stream().flatMap(account -> account.regions().stream()).distinct().toList();
  }

  /**
   * The account that a caller names.
   *
   * @throws IllegalArgumentException if it is not served, with a message that names those that are
   */
  public AccountId served(String accountId) {
    return accountIds().stream()
        .filter(served -> served.value().equals(accountId))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be %s, but is '%s'"
                    .formatted(choice(), accountId.length() > 12 ? "something else" : accountId)));
  }

  /** The accounts that there are to choose from, in words. */
  public String choice() {
    var ids = accountIds().stream().map(AccountId::value).collect(Collectors.joining(", "));
    return hasSeveralAccounts() ? "one of the AWS accounts served here (" + ids + ")" : ids;
  }

  /** Whether what happens there happens to nobody: anything but AWS's own hosts. */
  public boolean isSimulated() {
    return endpoint.map(URI::getHost).filter(host -> !isHostOfAws(host)).isPresent();
  }

  private static boolean isHostOfAws(String host) {
    return host.endsWith(".amazonaws.com")
        || host.endsWith(".amazonaws.com.cn")
        || host.endsWith(".api.aws");
  }
}
