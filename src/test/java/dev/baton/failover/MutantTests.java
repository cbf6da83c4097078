package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.Mutant.Change;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schedules notice each promise that is broken: without that, they would prove nothing. */
class MutantTests {
  private static final String FAILOVER = "main/java/dev/baton/failover/";

  /** Half of what the build runs. */
  private static final long MOST = 10_000;

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void isNoticed(Mutant mutant) throws Exception {
    var noticed = mutant.firstFailure(MOST);
    System.out.printf("%-60s %s%n", mutant.name(), noticed.orElse("NOT NOTICED"));
    assertThat(noticed).isPresent();
  }

  static Stream<Mutant> mutants() {
    return Stream.of(
        Mutant.of(
            "a call whose outcome is unknown is repeated blindly",
            new Change(
                FAILOVER + "process/AfterTheCall.java",
                "ProcessDecision outcomeUnknown(FailoverSnapshot failover, Known known, Instant now)"
                    + " { var facts = known.facts();",
                "ProcessDecision outcomeUnknown(FailoverSnapshot failover, Known known, Instant now)"
                    + " { if (failover.answeredAttempts() < 2) {"
                    + " return new Send(failover.targetRegion()); } var facts = known.facts();")),
        Mutant.of(
            "a call is repeated without settling",
            new Change(
                FAILOVER + "process/AfterTheCall.java",
                "var resendFrom = quietSince(failover, seen).plus(limits.resendSettling());",
                "var resendFrom = Instant.MIN;")),
        Mutant.of(
            "nothing keeps a late call from leaving",
            new Change(
                "main/java/dev/baton/globaldatastore/aws/Transmission.java",
                "if (isOver()) {",
                "if (false) {")),
        Mutant.of(
            "the database takes a second unfinished failover",
            new Change(
                "test/java/dev/baton/failover/SimulatedFailovers.java",
                "if (find(transaction, isUnfinished(failover)).findAny().isPresent()) {",
                "if (false) {")),
        Mutant.of(
            "an available Global datastore counts as success",
            new Change(
                FAILOVER + "process/AfterTheCall.java",
                "if (failover.isPrimaryIn(seen.datastore()) && seen.datastore().isSettled()) {",
                "if (seen.datastore().isSettled()) {")),
        Mutant.of(
            "a success doesn't wait for the members",
            new Change(
                "main/java/dev/baton/globaldatastore/GlobalDatastore.java",
                "return isAvailable() && primary().isPresent() && members",
                "return primary().isPresent() || members")),
        Mutant.of(
            "the intent is recorded after the call",
            new Change(
                FAILOVER + "FailoverGate.java",
                "journal.append( failover, FailoverEvent.CALL_INTENDED,"
                    + " FailoverEntries.intended(failover, attempt)); failovers.saveAndFlush",
                "failovers.saveAndFlush"),
            new Change(
                FAILOVER + "FailoverLedger.java",
                "failover.answered(answer, clock.instant());",
                "failover.answered(answer, clock.instant());"
                    + " journal.append(failover, FailoverEvent.CALL_INTENDED,"
                    + " FailoverEntries.standing(failover));")),
        Mutant.of(
            "the intent is not committed before the call",
            new Change(
                FAILOVER + "FailoverAttempts.java",
                "@Component class FailoverAttempts {",
                "@org.springframework.transaction.annotation.Transactional"
                    + " @Component class FailoverAttempts {"),
            new Change(
                "test/java/dev/baton/failover/SimulatedInstance.java",
                "var attempts = new FailoverAttempts(judge, policy, gate, ledger, aws);",
                "var attempts ="
                    + " transactions.around(new FailoverAttempts(judge, policy, gate, ledger, aws));")),
        Mutant.of(
            "a view that has fallen back behind a promotion is acted on",
            new Change(
                FAILOVER + "primary/RecordedPrimary.java",
                "VIEWS_AGREE_WITHIN = Duration.ofSeconds(5);",
                "VIEWS_AGREE_WITHIN = Duration.ZERO;")),
        Mutant.of(
            "a wake-up is lost for good",
            new Change(
                FAILOVER + "FailoverTask.java",
                "operations.reschedule(completion, again.at());",
                "if (judge.hasNews(again.judgement())) { operations.stop(); return; }"
                    + " operations.reschedule(completion, again.at());")),
        Mutant.of(
            "an accepted failover gets no task",
            new Change(
                FAILOVER + "FailoverLedger.java",
                "scheduling.schedule(stored.id(), stored.firstLookAt());",
                "")),
        Mutant.of(
            "a failover ends while its call may still be on its way",
            new Change(
                FAILOVER + "process/FailoverSnapshot.java",
                "Instant landedAt() { return attempts.stream()",
                "Instant landedAt() { return attempts.stream().limit(0)"),
            new Change(
                FAILOVER + "process/AfterTheCall.java",
                "return now.isBefore(attempt.landsBefore())",
                "return now.isBefore(attempt.intendedAt())")),
        Mutant.of(
            "an attempt is made on an outdated version",
            new Change(
                FAILOVER + "FailoverRepository.java",
                "return findForChange(id).filter(one -> one.version() == version);",
                "return findForChange(id);")),
        Mutant.of(
            "the chain of hashes is not continued",
            new Change(
                "main/java/dev/baton/audit/AuditLog.java",
                "var previousHash = last.map(AuditTable.End::hash);",
                "var previousHash = last.map(AuditTable.End::hash).filter(_ -> last.isEmpty());")));
  }
}
