package dev.baton.policy.store;

import dev.baton.audit.AuditLog;
import dev.baton.core.Actor;
import dev.baton.core.Timestamps;
import dev.baton.policy.PolicyWarning;
import dev.baton.policy.gate.PolicyGate;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Changes policies: a version and its entry in the audit log, in one transaction. */
@Component
class PolicyChanges {
  private final PolicyTable table;
  private final PolicyGate gate;
  private final StoredPolicies policies;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final InstantSource clock;

  PolicyChanges(
      PolicyTable table,
      PolicyGate gate,
      StoredPolicies policies,
      AuditLog audit,
      TransactionOperations transactions,
      InstantSource clock) {
    this.table = table;
    this.gate = gate;
    this.policies = policies;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What somebody wants.
   *
   * @param text the document; empty to withdraw the policy
   * @param acceptsWarnings whether it is meant although it may shut the ways out
   */
  record Wanted(
      String name,
      Optional<String> text,
      String comment,
      Actor author,
      Precondition precondition,
      boolean acceptsWarnings) {}

  /**
   * What came of it, or would.
   *
   * @param version the version that is in force then
   * @param before the one before it, unless that was withdrawn
   */
  record Change(
      PolicyVersion version,
      Optional<PolicyVersion> before,
      PolicyDiff diff,
      List<PolicyWarning> warnings) {

    /** Whether there is nothing to store. */
    boolean isNone() {
      return before.filter(version::equals).isPresent();
    }
  }

  /** What would come of it; nothing is stored. */
  Change tryOut(Wanted wanted) {
    return change(wanted, warnings(wanted));
  }

  /**
   * Stores it.
   *
   * @throws ProblemException if it is refused
   */
  Change store(Wanted wanted) {
    var warnings = warnings(wanted);
    while (true) {
      // Before anything is locked: to compare two documents takes time, and calls would wait for
      // it.
      var change = change(wanted, warnings);
      if (change.isNone()) {
        return change;
      }
      refuseUnlessMeant(wanted, warnings);
      if (isStored(change)) {
        return change;
      }
    }
  }

  /** Whether it was: not if somebody else stored another version since it was compared. */
  private boolean isStored(Change change) {
    return Boolean.TRUE.equals(
        transactions.execute(_ -> {
          gate.lockedRevision();
          var name = change.version().name();
          if (nextVersion(table.youngest(name)) != change.version().version()) {
            return false;
          }
          table.add(change.version());
          gate.countChange();
          PolicyEntries.append(audit, change.version(), change.diff());
          return true;
        }));
  }

  private static int nextVersion(Optional<PolicyVersion> youngest) {
    return youngest.map(PolicyVersion::version).orElse(0) + 1;
  }

  private List<PolicyWarning> warnings(Wanted wanted) {
    return wanted.text().map(text -> warnings(wanted.name(), text)).orElse(List.of());
  }

  private List<PolicyWarning> warnings(String name, String text) {
    var document = StoredPolicies.read(text);
    StoredPolicies.refuseOtherName(name, document);
    return policies.warnings(document);
  }

  private static void refuseUnlessMeant(Wanted wanted, List<PolicyWarning> warnings) {
    if (!warnings.isEmpty() && !wanted.acceptsWarnings()) {
      throw new ProblemException(
              ProblemType.POLICY_WARNING,
              "%s Nothing was stored.".formatted(warnings.getFirst().message()))
          .with("warnings", warnings);
    }
  }

  private Change change(Wanted wanted, List<PolicyWarning> warnings) {
    var youngest = table.youngest(wanted.name());
    var present = youngest.filter(version -> !version.isWithdrawn());
    if (wanted.text().isEmpty() && present.isEmpty()) {
      throw unknown(wanted.name());
    }
    wanted.precondition().check(wanted.name(), present);
    var isSame = present.isPresent() && present.get().text().equals(wanted.text());
    var next =
        new PolicyVersion(
            wanted.name(),
            nextVersion(youngest),
            wanted.text(),
            wanted.author(),
            wanted.comment(),
            Timestamps.cut(clock.instant()));
    return new Change(
        isSame ? present.get() : next,
        present,
        PolicyDiff.between(present.flatMap(PolicyVersion::text), wanted.text()),
        warnings);
  }

  static ProblemException unknownVersion(String name, String version) {
    return new ProblemException(
        ProblemType.UNKNOWN_POLICY,
        "There is no version %s of a policy %s; GET /v1/policies/%s/versions lists those there are."
            .formatted(version, name, name));
  }

  static ProblemException unknown(String name) {
    return new ProblemException(
        ProblemType.UNKNOWN_POLICY, "No policy in force has the name '%s'.".formatted(name));
  }
}
