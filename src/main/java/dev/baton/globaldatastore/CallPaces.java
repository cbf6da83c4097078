package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;

/** The pace of each kind of call to each Region of each account. */
public interface CallPaces {

  /**
   * The pace of a kind of call.
   *
   * @param kind a word for it
   * @param limits between which it is found
   */
  CallPace of(AccountId accountId, Region region, String kind, Limits limits);

  /**
   * Between which a pace is found, in calls a second. AWS publishes none of its own.
   *
   * @param least slower than that it never gets
   * @param first where it begins
   * @param most faster than that it never gets
   */
  record Limits(double least, double first, double most) {}
}
