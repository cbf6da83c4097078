package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.baton.core.CoreThatUsesSpring;
import dev.baton.violations.Violations;
import dev.baton.violations.one.First;
import dev.baton.violations.two.Second;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule catches a class that breaks it: a rule that can't fail checks nothing. */
class ArchitectureRulesTests {

  static Stream<Arguments> violations() {
    return Stream.of(
        Arguments.of(ArchitectureRules.AWS_IN_ONE_PACKAGE, Violations.CallsAws.class),
        Arguments.of(ArchitectureRules.AWS_IN_ONE_PACKAGE, Violations.Retries.class),
        Arguments.of(ArchitectureRules.SCHEDULER_IN_NAMED_CLASSES, Violations.Schedules.class),
        Arguments.of(ArchitectureRules.CORE_USES_THE_JDK, CoreThatUsesSpring.class),
        Arguments.of(pure(Violations.UsesSpring.class), Violations.UsesSpring.class),
        Arguments.of(pure(Violations.HasAClock.class), Violations.HasAClock.class),
        Arguments.of(pure(Violations.UsesJdbc.class), Violations.UsesJdbc.class),
        Arguments.of(ArchitectureRules.ONE_SOURCE_OF_TIME, Violations.ReadsTheTime.class),
        Arguments.of(ArchitectureRules.ONE_SOURCE_OF_TIME, Violations.ReadsTheTimeLater.class),
        Arguments.of(ArchitectureRules.ONE_SOURCE_OF_TIME, Violations.ReadsTheDate.class),
        Arguments.of(ArchitectureRules.ONE_SOURCE_OF_TIME, Violations.ReadsMilliseconds.class),
        Arguments.of(ArchitectureRules.NO_FIELD_INJECTION, Violations.HasItsFieldFilled.class),
        Arguments.of(ArchitectureRules.NO_OTHER_LOGGING, Violations.Prints.class),
        Arguments.of(ArchitectureRules.NO_OTHER_LOGGING, Violations.LogsElsewhere.class),
        Arguments.of(ArchitectureRules.CONTROLLERS_ARE_PRIVATE, Violations.PublicController.class),
        Arguments.of(ArchitectureRules.NAMES_SAY_SOMETHING, Violations.FailoverManager.class),
        Arguments.of(ArchitectureRules.NAMES_SAY_SOMETHING, Violations.FailoverImpl.class),
        Arguments.of(ArchitectureRules.NOTHING_IS_DELETED, Violations.Deletes.class),
        Arguments.of(
            ArchitectureRules.REPOSITORIES_INHERIT_NO_DELETE, Violations.InheritsDelete.class),
        Arguments.of(
            ArchitectureRules.APPENDS_IN_THE_CALLERS_TRANSACTION, Violations.LenientAuditLog.class),
        Arguments.of(ArchitectureRules.PACKAGES_ARE_NULL_MARKED, Violations.class));
  }

  private static ArchRule pure(Class<?> type) {
    return ArchitectureRules.pure(
        ArchitectureRules.are("a part of it", one -> one.isEquivalentTo(type)));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void catches(ArchRule rule, Class<?> violation) {
    assertThat(isBroken(rule, violation)).isTrue();
  }

  @Test
  void catchesACycle() {
    assertThat(isBroken(ArchitectureRules.NO_CYCLES, First.class, Second.class)).isTrue();
    assertThat(isBroken(ArchitectureRules.NO_CYCLES, First.class)).isFalse();
  }

  private static boolean isBroken(ArchRule rule, Class<?>... types) {
    return rule.evaluate(new ClassFileImporter().importClasses(types)).hasViolation();
  }
}
