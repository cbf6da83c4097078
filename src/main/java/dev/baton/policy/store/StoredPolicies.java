package dev.baton.policy.store;

import dev.baton.policy.InvalidPolicyException;
import dev.baton.policy.Policies;
import dev.baton.policy.Policy;
import dev.baton.policy.PolicyDocument;
import dev.baton.policy.PolicySet;
import dev.baton.policy.PolicyWarning;
import dev.baton.policy.PolicyWarnings;
import dev.baton.policy.StandingHold;
import dev.baton.policy.document.DocumentError;
import dev.baton.policy.gate.PolicyGate;
import dev.baton.policy.hold.Hold;
import dev.baton.policy.hold.HoldTable;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.Violation;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * The policies in the database, read only where they have changed: what is in force is looked up by
 * the number of its revision.
 */
@Component
class StoredPolicies implements Policies, InitializingBean {
  private final PolicyTable table;
  private final PolicyGate gate;
  private final HoldTable holds;
  private final FirstPolicies first;
  private final InstantSource clock;
  private volatile Loaded loaded = new Loaded(-1, new PolicySet(List.of()), Map.of());

  private record Loaded(
      long revision, PolicySet set, Map<PolicyTable.Key, PolicyDocument> documents) {}

  StoredPolicies(
      PolicyTable table,
      PolicyGate gate,
      HoldTable holds,
      FirstPolicies first,
      InstantSource clock) {
    this.table = table;
    this.gate = gate;
    this.holds = holds;
    this.first = first;
    this.clock = clock;
  }

  /** Read at once: a document that this version of Baton can't read must stop the start. */
  @Override
  public void afterPropertiesSet() {
    first.store();
    current();
  }

  @Override
  public Policy inForce() {
    return current().set();
  }

  @Override
  public Policy heldInForce() {
    return at(gate.heldRevision()).set();
  }

  private Loaded current() {
    return at(gate.revision());
  }

  private Loaded at(long revision) {
    var known = loaded;
    return known.revision() == revision ? known : load(known.documents());
  }

  private Loaded load(Map<PolicyTable.Key, PolicyDocument> known) {
    var inForce = table.inForce();
    var documents = new HashMap<PolicyTable.Key, PolicyDocument>();
    for (var key : inForce.versions()) {
      documents.put(key, Optional.ofNullable(known.get(key)).orElseGet(() -> document(key)));
    }
    var all =
        Stream.concat(documents.values().stream(), Stream.of(StandingHold.document(standing())))
            .toList();
    var fresh = new Loaded(inForce.revision(), new PolicySet(all), documents);
    keep(fresh);
    return fresh;
  }

  private List<StandingHold> standing() {
    return holds.standing(clock.instant()).stream().map(Hold::standing).toList();
  }

  private synchronized void keep(Loaded fresh) {
    if (fresh.revision() > loaded.revision()) {
      loaded = fresh;
    }
  }

  private PolicyDocument document(PolicyTable.Key key) {
    var text = table.version(key.name(), key.version()).flatMap(PolicyVersion::text).orElseThrow();
    return PolicyDocument.read(
            text, "version %d of policy %s in the database".formatted(key.version(), key.name()))
        .withVersion(key.version());
  }

  @Override
  public Draft draft(String text) {
    return draft(read(text));
  }

  private Draft draft(PolicyDocument document) {
    return new Draft(document.name(), with(document), warnings(document));
  }

  @Override
  public Draft draft(String name, String text) {
    var document = read(text);
    refuseOtherName(name, document);
    return draft(document);
  }

  static void refuseOtherName(String name, PolicyDocument document) {
    if (!document.name().equals(name)) {
      throw invalid(
          List.of(
              new Violation(
                  "metadata.name",
                  "must be %s, as in the address, but is '%s'".formatted(name, document.name()))));
    }
  }

  @Override
  public String document(String name) {
    return table
        .youngest(name)
        .flatMap(PolicyVersion::text)
        .orElseThrow(() -> PolicyChanges.unknown(name));
  }

  /**
   * Reads a document that somebody sent.
   *
   * @throws ProblemException if it can't be used
   */
  static PolicyDocument read(String text) {
    try {
      return PolicyDocument.read(text, "the request");
    } catch (InvalidPolicyException invalid) {
      throw invalid(invalid.errors().stream().map(StoredPolicies::violation).toList());
    }
  }

  static ProblemException invalid(List<Violation> violations) {
    return new ProblemException(
            ProblemType.INVALID_POLICY,
            violations.size() == 1
                ? "The policy has one mistake. Nothing was stored."
                : "The policy has %d mistakes. Nothing was stored.".formatted(violations.size()))
        .with("violations", violations);
  }

  private static Violation violation(DocumentError error) {
    return new Violation(
        error.place().path(), "line %d: %s".formatted(error.place().line(), error.message()));
  }

  private PolicySet with(PolicyDocument draft) {
    return new PolicySet(
        Stream.concat(others(draft).stream(), Stream.of(numbered(draft))).toList());
  }

  private List<PolicyDocument> others(PolicyDocument draft) {
    return current().documents().values().stream()
        .filter(other -> !other.name().equals(draft.name()))
        .toList();
  }

  /** As the version that it would become. */
  private PolicyDocument numbered(PolicyDocument draft) {
    return draft.withVersion(
        table.youngest(draft.name()).map(youngest -> youngest.version() + 1).orElse(1));
  }

  List<PolicyWarning> warnings(PolicyDocument draft) {
    return PolicyWarnings.introduced(draft, others(draft), clock.instant());
  }
}
