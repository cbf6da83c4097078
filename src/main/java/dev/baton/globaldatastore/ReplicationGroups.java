package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.util.List;

/** The replication groups of an account, read from AWS in the Region in which they are. */
public interface ReplicationGroups {

  Reading<ReplicationGroup> describe(AccountId accountId, Region region, ReplicationGroupId id);

  /** All of them in the Region, in as many pages as it takes. */
  Reading<List<ReplicationGroup>> describeGroups(AccountId accountId, Region region);
}
