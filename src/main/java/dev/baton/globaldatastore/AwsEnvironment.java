package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The AWS that this Baton serves.
 *
 * @param accountId the account
 * @param regions the Regions whose Global datastores are served; at least one
 * @param endpoint the one address that answers for every Region, where AWS itself is not meant
 */
public record AwsEnvironment(AccountId accountId, List<Region> regions, Optional<URI> endpoint) {

  public AwsEnvironment {
    regions = List.copyOf(regions);
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
