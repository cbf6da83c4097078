package dev.baton.policy.store;

import dev.baton.audit.AuditLog;
import dev.baton.core.Actor;
import dev.baton.policy.InvalidPolicyException;
import dev.baton.policy.PolicyDocument;
import dev.baton.policy.PolicySet;
import dev.baton.policy.PolicyWarnings;
import dev.baton.policy.document.DocumentError;
import dev.baton.policy.document.Place;
import dev.baton.policy.gate.PolicyGate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What is in force until somebody changes it: the first start stores the documents it is given. */
@Component
@EnableConfigurationProperties(PolicyProperties.class)
class FirstPolicies {
  private static final Logger LOG = LoggerFactory.getLogger(FirstPolicies.class);

  private final PolicyTable table;
  private final PolicyGate gate;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final PolicyProperties properties;
  private final InstantSource clock;

  FirstPolicies(
      PolicyTable table,
      PolicyGate gate,
      AuditLog audit,
      TransactionOperations transactions,
      PolicyProperties properties,
      InstantSource clock) {
    this.table = table;
    this.gate = gate;
    this.audit = audit;
    this.transactions = transactions;
    this.properties = properties;
    this.clock = clock;
  }

  private record Read(PolicyDocument document, String text, String origin) {}

  /** Stores them if none was ever stored. Several instances may start at the same time. */
  void store() {
    if (gate.revision() > 0) {
      LOG.info("Policies are those in the database; {} was for its first start", location());
      return;
    }
    var documents = read();
    var isFirst =
        transactions.execute(_ -> {
          if (gate.lockedRevision() > 0) {
            return false;
          }
          documents.forEach(this::store);
          gate.countChange();
          return true;
        });
    if (Boolean.TRUE.equals(isFirst)) {
      LOG.info("Stored {} as the first policies", location());
    }
  }

  private String location() {
    return String.join(", ", properties.location());
  }

  private List<Read> read() {
    var documents = properties.files().stream().map(FirstPolicies::read).toList();
    refuseNamesakes(documents);
    var set = new PolicySet(documents.stream().map(Read::document).toList());
    PolicyWarnings.of(set.documents(), clock.instant())
        .forEach(warning -> LOG.warn("{}: {}", location(), warning.message()));
    return documents;
  }

  private static Read read(PolicyFile file) {
    var text = file.text();
    return new Read(PolicyDocument.read(text, file.origin()), text, file.origin());
  }

  private static void refuseNamesakes(List<Read> documents) {
    var origins = new HashMap<String, String>();
    for (var read : documents) {
      var other = origins.putIfAbsent(read.document().name(), read.origin());
      if (other != null) {
        throw new InvalidPolicyException(
            read.origin(),
            List.of(
                new DocumentError(
                    new Place("metadata.name", 1),
                    "must differ from the other policies' names, but is '%s' in %s too"
                        .formatted(read.document().name(), other))));
      }
    }
  }

  private void store(Read read) {
    var version =
        new PolicyVersion(
            read.document().name(),
            1,
            Optional.of(read.text()),
            Actor.BATON,
            "Loaded from %s at the first start".formatted(read.origin()),
            clock.instant());
    table.add(version);
    PolicyEntries.append(audit, version, PolicyDiff.between(Optional.empty(), version.text()));
  }
}
