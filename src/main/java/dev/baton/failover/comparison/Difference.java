package dev.baton.failover.comparison;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.time.Instant;
import java.util.UUID;

/** Something that AWS shows otherwise than it was recorded. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Difference {

  /** In words, for the log. */
  String inWords();

  /** The primary is where no entry says that it has moved to. */
  @JsonTypeName("PROMOTION_WITHOUT_ENTRY")
  record PromotionWithoutEntry(
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Region recordedPrimaryRegion,
      Instant recordedSince,
      Region shownPrimaryRegion,
      Region seenFrom)
      implements Difference {
    @Override
    public String inWords() {
      return "the primary of %s is in %s, but was recorded in %s since %s"
          .formatted(
              globalReplicationGroupId, shownPrimaryRegion, recordedPrimaryRegion, recordedSince);
    }
  }

  /**
   * A failover that is recorded as unfinished: either AWS was called, or may have been, and what
   * came of it is open; or it was not sent, but AWS shows what it was to bring about, or nothing of
   * it any more.
   *
   * @param calledFor which of the two
   */
  @JsonTypeName("FAILOVER_UNFINISHED")
  record FailoverUnfinished(
      UUID failoverId,
      String status,
      boolean calledFor,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Region targetRegion,
      Shows shows)
      implements Difference {
    @Override
    public String inWords() {
      return "failover %s of %s to %s is recorded as %s, and AWS shows %s"
          .formatted(failoverId, globalReplicationGroupId, targetRegion, status, shows);
    }
  }

  /** Every Region that was to have it could be read, and none has it. */
  @JsonTypeName("DATASTORE_GONE")
  record DatastoreGone(
      AccountId accountId, GlobalDatastoreId globalReplicationGroupId, Region recordedPrimaryRegion)
      implements Difference {
    @Override
    public String inWords() {
      return "no Region shows %s, whose primary was recorded in %s"
          .formatted(globalReplicationGroupId, recordedPrimaryRegion);
    }
  }

  /** What the target's Region shows of a failover. */
  enum Shows {
    TARGET_IS_PRIMARY,
    TARGET_IS_SECONDARY,
    /** The roles are being switched, or the like. */
    IN_MOTION,
    TARGET_IS_NO_MEMBER,
    NO_SUCH_DATASTORE,
    NOT_READ
  }
}
