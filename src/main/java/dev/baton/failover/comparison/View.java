package dev.baton.failover.comparison;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.GlobalDatastore;
import java.util.List;
import java.util.Optional;

/** What a Region says of an account's Global datastores. */
public sealed interface View {
  AccountId accountId();

  Region region();

  /** It shows these, and no others. */
  record Shown(AccountId accountId, Region region, List<GlobalDatastore> datastores)
      implements View {
    public Shown {
      datastores = List.copyOf(datastores);
    }

    Optional<GlobalDatastore> datastore(GlobalDatastoreId id) {
      return datastores.stream().filter(one -> one.id().equals(id)).findFirst();
    }
  }

  /** It could not be read, so nothing is claimed about what only it would show. */
  record Unread(AccountId accountId, Region region, String why) implements View {}
}
