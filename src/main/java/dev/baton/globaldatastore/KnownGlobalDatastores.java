package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds a Global datastore by its id, which may occur in several accounts. */
@Component
class KnownGlobalDatastores {
  private final Observations observations;
  private final GlobalDatastores globalDatastores;
  private final AwsEnvironment aws;

  KnownGlobalDatastores(
      Observations observations, GlobalDatastores globalDatastores, AwsEnvironment aws) {
    this.observations = observations;
    this.globalDatastores = globalDatastores;
    this.aws = aws;
  }

  /**
   * The one that is meant in the path of a request.
   *
   * @throws ProblemException if there is none, or more than one
   */
  Observation require(List<AccountId> accounts, String id) {
    return id(id)
        .flatMap(one -> find(accounts, one))
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.UNKNOWN_GLOBAL_DATASTORE,
                "No Region served here shows this Global datastore;"
                    + " GET /v1/global-datastores lists those that are known."));
  }

  private static Optional<GlobalDatastoreId> id(String text) {
    try {
      return Optional.of(new GlobalDatastoreId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What was observed, or, of one that no observer has seen yet, what AWS shows now. */
  private Optional<Observation> find(List<AccountId> accounts, GlobalDatastoreId id) {
    var known =
        accounts.stream()
            .flatMap(account -> observations.latest(account, id).stream().limit(1))
            .toList();
    return theOnly(known.isEmpty() ? shownNow(accounts, id) : known, id);
  }

  private static Optional<Observation> theOnly(List<Observation> found, GlobalDatastoreId id) {
    if (found.size() > 1) {
      var accounts =
          found.stream().map(seen -> seen.accountId().value()).collect(Collectors.joining(", "));
      throw new ProblemException(ProblemType.INVALID_REQUEST, "The request has one violation.")
          .with(
              "violations",
              List.of(
                  new Violation(
                      "accountId",
                      "is required: %s is a Global datastore in each of the AWS accounts %s"
                          .formatted(id, accounts))));
    }
    return found.stream().findFirst();
  }

  private List<Observation> shownNow(List<AccountId> accounts, GlobalDatastoreId id) {
    var unread = new ArrayList<String>();
    var shown =
        accounts.stream().flatMap(account -> shownNow(account, id, unread).stream()).toList();
    if (shown.isEmpty() && !unread.isEmpty()) {
      throw new ProblemException(
              ProblemType.AWS_UNAVAILABLE,
              "Whether there is such a Global datastore is not known: %s can't be read."
                  .formatted(String.join(", ", unread)))
          .retryAfter(Duration.ofSeconds(5));
    }
    return shown;
  }

  private Optional<Observation> shownNow(
      AccountId account, GlobalDatastoreId id, List<String> unread) {
    for (var region : aws.regions(account)) {
      switch (globalDatastores.describe(account, region, id)) {
        case Reading.Seen<GlobalDatastore>(var datastore, var beganAt) -> {
          observations.record(account, region, beganAt, List.of(datastore));
          return observations.latest(account, region, id);
        }
        case Reading.NotFound<GlobalDatastore> _ -> {}
        case Reading.NotRead<GlobalDatastore> failure ->
            unread.add(
                "%s of account %s (%s: %s)"
                    .formatted(region, account, failure.code(), failure.message()));
      }
    }
    return Optional.empty();
  }
}
